// Asks the engine in WebAssembly, and prints its replies:
//
//   node WebAssembly/ask.mjs .build-wasm/playground.wasm '{"do":"describe"}' …
//
// Requests on the command line are answered in turn by the same engine, and without any, one on each line of standard
// input. Numbers beside the JSON follow as `buffers`.
import { readFileSync } from 'node:fs'
import { compile, Engine } from './engine.mjs'

const [path, ...requests] = process.argv.slice(2)
const engine = new Engine(await compile(path))
const lines = requests.length > 0 ? requests : readFileSync(0, 'utf8').split('\n').filter((line) => line.trim() !== '')
for (const request of lines) {
  try {
    const reply = engine.call(JSON.parse(request))
    console.log(JSON.stringify({ ...reply, buffers: reply.buffers.map((buffer) => Array.from(buffer)) }))
  } catch (error) {
    console.log(JSON.stringify({ [error.name]: error.fr ? { en: error.en, fr: error.fr } : error.message }))
    process.exitCode = 1
  }
}
