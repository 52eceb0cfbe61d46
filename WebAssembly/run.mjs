// Runs the example in the WebAssembly module: node WebAssembly/run.mjs .build-wasm/micrograd.wasm
import { readFileSync } from 'node:fs'

const module = await WebAssembly.compile(readFileSync(process.argv[2]))

// C's names of what `Math` has; the module asks for what it needs.
const functions = {
  ...Object.fromEntries(Object.getOwnPropertyNames(Math).map((name) => [name, Math[name]])),
  micrograd_write: (byte) => process.stdout.write(String.fromCharCode(byte)),
}
const missing = (name) => () => { throw new Error(`the module calls ${name}, which nobody provides`) }
const env = {}
for (const { name } of WebAssembly.Module.imports(module)) env[name] = functions[name] ?? missing(name)

const { exports } = await WebAssembly.instantiate(module, { env })
if (exports.explainedGradientOfA() !== exports.gradientOfA()) {
  throw new Error(`explained: ${exports.explainedGradientOfA()}, expected ${exports.gradientOfA()}`)
}
console.log(exports.g(), exports.gradientOfA(), exports.gradientOfB())
