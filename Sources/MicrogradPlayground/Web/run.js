// Running: the buttons, the readings and the keys.

const icons = {
  play: "M6 4l14 8-14 8z", pause: "M6 4h4v16H6zM14 4h4v16h-4z", step: "M5 4l10 8-10 8zM16 4h3v16h-3z",
  epoch: "M3 4l8 8-8 8zM11 4l8 8-8 8zM19 4h2.5v16H19z", back: "M19 4L9 12l10 8zM5 4h3v16H5z",
  restart: "M12 5V1L6.5 6 12 11V7.5a5.5 5.5 0 1 1-5.5 5.5H4a8 8 0 1 0 8-8z",
};
const icon = name => svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: icons[name] }));
const speeds = [1, 10, 50, 200, 1000, Infinity];

parts.push({
  id: "run", title: "run", place: "run",
  mount(root, app) {
    const button = (word, key, action, name = word) => html("button", {
      label: word, "aria-keyshortcuts": key.code, data: { key: key.sign }, on: { click: action },
    }, icon(name));
    const key = (sign, code = sign) => ({ sign, code });
    const play = button("play", key("␣", "Space"), toggle);
    play.classList.add("primary", "play");
    const buttons = [
      button("restart", key("R"), () => app.seek(0)), button("back", key("←", "ArrowLeft"), () => app.back()), play,
      button("step", key("→", "ArrowRight"), () => app.step()), button("epochOnce", key("E"), () => app.epoch(), "epoch"),
    ];
    const speed = html("select", { label: "speed", on: { change: () => app.setSpeed(speeds[speed.selectedIndex]) } });
    const names = ["stepNumber", "epochNumber", "trainLoss", "testLoss", "trainAccuracy", "testAccuracy"];
    const values = names.map(() => html("dd", { text: "–" }));
    const readings = html("dl", { class: "readings" }, names.map((word, index) => html("div", {}, [html("dt", { word }), values[index]])));
    root.append(html("div", { class: "running" }, [html("div", { class: "buttons", role: "group", label: "run" }, buttons), speed, readings]));

    function toggle() { if (app.isPlaying) app.pause(); else app.play(); }
    const showSpeeds = () => {
      speed.replaceChildren(...speeds.map(steps => html("option", {
        text: steps === 1 ? app.word("slow") : steps === Infinity ? app.word("fastest") : app.word("steps", { count: count(steps) }),
      })));
      speed.selectedIndex = speeds.findIndex(steps => steps >= app.speed);
    };
    const showPlaying = () => {
      play.dataset.label = app.isPlaying ? "pause" : "play";
      play.replaceChildren(icon(play.dataset.label));
      translateElement(play);
      showSpeeds();
    };
    let lastTold = 0, lastShown = 0;
    const show = frame => {
      const now = performance.now();
      // Faster than anybody reads.
      if (app.isPlaying && now - lastShown < 70) return;
      lastShown = now;
      const { step, epoch, loss, accuracy } = frame;
      const hasTest = app.samples.test.length > 0;
      [count(step), count(epoch), short(loss.train), hasTest ? short(loss.test) : "–", percent(accuracy?.train), percent(accuracy?.test)]
        .forEach((text, index) => { values[index].textContent = text; });
      readings.lastChild.hidden = readings.children[4].hidden = app.settings.task === "regression";
      if (app.isPlaying && now - lastTold < 10000) return;
      lastTold = now;
      app.announce(app.word("now", { step, loss: short(loss.train) }));
    };
    showPlaying();
    app.on("playing", showPlaying);
    app.on("language", showPlaying);
    app.on("frame", show);
    addEventListener("keydown", event => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
      const { target } = event, isSlider = target.matches("[type=range]");
      const takesKeys = event.defaultPrevented || (target.closest("input, select, textarea, [data-keys]") && !(isSlider && !event.key.startsWith("Arrow")));
      const action = { " ": toggle, ArrowRight: () => app.step(), ArrowLeft: () => app.back(), e: () => app.epoch(), r: () => app.seek(0), "?": showHelp }[event.key];
      if (!action || takesKeys || (event.key === " " && target.closest("button, summary, a, [role=button]"))) return;
      event.preventDefault();
      action();
    });
  },
});
