// The engine as a WebAssembly module (see the folder WebAssembly), for a page, a worker or node:
//
//   const engine = new Engine(await Engine.compile(text))
//   const reply = engine.call({ do: 'open', settings })  // parsed JSON; reply.buffers has arrays of numbers

/** A request that cannot be met: what was wrong, and how to mend it, in every language. */
class EngineError extends Error {
  constructor(texts) {
    super(texts.en);
    this.name = 'EngineError';
    Object.assign(this, texts);
  }
}

/** The engine stopped, which is its mistake. It answers no more; a new one can take its place. */
class EngineStopped extends Error {
  constructor(reason) {
    super(reason);
    this.name = 'EngineStopped';
  }
}

class Engine {
  /** Compiles a module from its packed text (unpack.js). */
  static async compile(text) { return WebAssembly.compile(unpacked(text)); }

  constructor(module) {
    /** From which a new engine can be made. */
    this.module = module;
    this.exports = new WebAssembly.Instance(module, { env: this.imports(module) }).exports;
    this.isRunning = true;
  }

  /** Answers a request. Throws EngineError if it cannot be met, and EngineStopped after a mistake in the engine. */
  call(request) {
    if (!this.isRunning) throw new EngineStopped('the engine has stopped before');
    const reply = this.guarded(() => this.reply(new TextEncoder().encode(JSON.stringify(request))));
    if (reply.error) throw new EngineError(reply.error);
    return reply;
  }

  reply(request) {
    const module = this.exports;
    const place = module.micrograd_allocate(request.length);
    new Uint8Array(module.memory.buffer, place, request.length).set(request);
    const start = module.micrograd_call(place, request.length);
    module.micrograd_free(place);
    const reply = JSON.parse(this.text(start, module.micrograd_reply_length()));
    reply.buffers = Array.from({ length: module.micrograd_buffer_count() }, (_, index) => this.buffer(index));
    return reply;
  }

  /** A copy: the memory changes with the next request. */
  buffer(index) {
    const { memory, micrograd_buffer, micrograd_buffer_length } = this.exports;
    return new Float64Array(memory.buffer, micrograd_buffer(index), micrograd_buffer_length(index)).slice();
  }

  text(start, length) {
    return new TextDecoder().decode(new Uint8Array(this.exports.memory.buffer, start, length));
  }

  guarded(action) {
    try {
      return action();
    } catch (error) {
      this.isRunning = false;
      if (error instanceof EngineStopped) throw error;
      // Traps are RuntimeErrors; too deep a recursion is a RangeError.
      throw new EngineStopped(error.message);
    }
  }

  /** What the module asks for: functions of mathematics by their names in C, a way to stop, and standard output. */
  imports(module) {
    const functions = {
      ...Object.fromEntries(Object.getOwnPropertyNames(Math).map((name) => [name, Math[name]])),
      micrograd_stop: (start, length) => {
        throw new EngineStopped(this.text(start, length));
      },
      micrograd_write: (start, length) => console.warn(this.text(start, length)),
    };
    const names = WebAssembly.Module.imports(module).map(({ name }) => name);
    const missing = names.filter((name) => !functions[name]);
    if (missing.length > 0) throw new Error(`the module asks for ${missing.join(', ')}`);
    return Object.fromEntries(names.map((name) => [name, functions[name]]));
  }
}

