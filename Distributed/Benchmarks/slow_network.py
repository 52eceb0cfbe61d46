"""Two hosts on one machine, joined by a slow network: for compare-cost.py.

A host is a network namespace with a name of its own and one core. The link is a veth pair with `tc netem`; where the kernel has no
netem, it is two tun devices, and a process that carries packets between them after their delay, at the rate.
"""

import contextlib
import ctypes
import fcntl
import heapq
import os
import select
import stat
import struct
import subprocess
import sys
import time

NAMES = ["micrograd-a", "micrograd-b"]
ADDRESSES = ["10.201.7.1", "10.201.7.2"]
NETWORK = "10.201.7.0/24"
DEVICE = "slow0"
MTU = 9000


def command(line):
    subprocess.run(line.split(), check=True, capture_output=True, text=True)


def on_host(number):
    """The command that runs another one on a host, with one of the cores of this process."""
    core = sorted(os.sched_getaffinity(0))[number]
    script = f'hostname {NAMES[number]} && exec taskset -c {core} "$@"'
    return ["ip", "netns", "exec", NAMES[number], "unshare", "--uts", "sh", "-c", script, "sh"]


@contextlib.contextmanager
def slow_network(delay, rate, folder):
    """Makes the hosts; yields the words of the link and mpirun's words before its own options. Delay in s, one way; rate in bit/s."""
    relay = None
    remove_hosts()
    try:
        for name in NAMES:
            command(f"ip netns add {name}")
            command(f"ip -n {name} link set lo up")
        try:
            join_by_netem(delay, rate)
            words = "netem"
        except subprocess.CalledProcessError as error:
            reason = error.stderr.strip().splitlines()[-1]
            remove_hosts()
            for name in NAMES:
                command(f"ip netns add {name}")
                command(f"ip -n {name} link set lo up")
            relay = join_by_relay(delay, rate)
            words = f"a relay, since tc netem says: {reason}"
        agent = os.path.join(folder, "agent")
        with open(agent, "w") as file:
            # mpirun gives the address and one command line for a shell.
            file.write(f"#!/bin/sh\nshift\nexec {quoted(on_host(1))} sh -c \"$*\"\n")
        os.chmod(agent, os.stat(agent).st_mode | stat.S_IXUSR)
        yield words, agent
    finally:
        if relay:
            relay.kill()
            relay.wait()
        remove_hosts()


def quoted(words):
    return " ".join("'" + word.replace("'", "'\\''") + "'" for word in words)


def remove_hosts():
    for name in NAMES:
        subprocess.run(["ip", "netns", "del", name], capture_output=True)


def join_by_netem(delay, rate):
    command(f"ip link add {DEVICE} netns {NAMES[0]} type veth peer name {DEVICE} netns {NAMES[1]}")
    for name, address in zip(NAMES, ADDRESSES):
        command(f"ip -n {name} addr add {address}/24 dev {DEVICE}")
        command(f"ip -n {name} link set {DEVICE} mtu {MTU} up")
        command(f"tc -n {name} qdisc add dev {DEVICE} root netem delay {delay * 1e6:.0f}us rate {rate:.0f}bit")


# The relay


def join_by_relay(delay, rate):
    relay = subprocess.Popen(
        [sys.executable, __file__, str(delay), str(rate)], stdout=subprocess.PIPE, text=True)
    if relay.stdout.readline() != "ready\n":
        raise RuntimeError("the relay of packets has not started")
    return relay


def open_device(name, address):
    """A tun device in a namespace. This process stays there."""
    with open(f"/run/netns/{name}") as namespace:
        if ctypes.CDLL(None, use_errno=True).setns(namespace.fileno(), 0):
            raise OSError(ctypes.get_errno(), f"setns {name}")
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    tun_set_interface, is_tun, has_no_header = 0x400454CA, 1, 0x1000
    fcntl.ioctl(device, tun_set_interface, struct.pack("16sH", DEVICE.encode(), is_tun | has_no_header))
    command(f"ip addr add {address}/24 dev {DEVICE}")
    command(f"ip link set {DEVICE} mtu {MTU} up")
    return device


def relay(delay, rate):
    """Carries packets both ways, each direction at the rate, for ever."""
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50))
    devices = [open_device(name, address) for name, address in zip(NAMES, ADDRESSES)]
    print("ready", flush=True)
    free, waiting, number = [0.0, 0.0], [], 0
    while True:
        timeout = max(0.0, waiting[0][0] - time.monotonic()) if waiting else None
        for source in select.select(devices, [], [], timeout)[0]:
            packet, way = os.read(source, 1 << 16), devices.index(source)
            # The link is busy until the packet is on its way, which then takes the delay.
            free[way] = max(free[way], time.monotonic()) + 8 * len(packet) / rate
            number += 1
            heapq.heappush(waiting, (free[way] + delay, number, devices[1 - way], packet))
        while waiting and waiting[0][0] <= time.monotonic():
            _, _, target, packet = heapq.heappop(waiting)
            with contextlib.suppress(OSError):  # a device without room loses packets, as networks do
                os.write(target, packet)


if __name__ == "__main__":
    relay(float(sys.argv[1]), float(sys.argv[2]))
