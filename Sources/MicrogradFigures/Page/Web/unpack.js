// What a page holds packed: the engine, and the playground's scripts and style sheet. WebAssembly/pack packs it, and
// PackedText.swift writes it as text.
//
//   const bytes = unpacked(text)
//
// The packing is LZMA, which takes two thirds of the room of gzip, the one that browsers have built in.
//
// Source: I. Pavlov, LZMA specification (2015), www.7-zip.org/sdk.html. A file is a header of 13 bytes (the
// properties lc, lp and pb, the dictionary's size, the length of the content) and bits that a range coder has written,
// each with a probability that adapts to the bits before it.

/** The bytes of a text in which two letters of 91 hold 13 bits, the lowest first. */
function bytesOfText(text) {
  const letters = [...Array(95).keys()].map(index => String.fromCharCode(index + 32)).filter(letter => !`"&<\\`.includes(letter));
  const values = new Uint8Array(128), bytes = new Uint8Array(Math.floor(text.length / 2 * 13 / 8));
  letters.forEach((letter, value) => { values[letter.charCodeAt(0)] = value; });
  let bits = 0, count = 0, length = 0;
  for (let index = 0; index < text.length; index += 2) {
    bits |= values[text.charCodeAt(index)] + 91 * values[text.charCodeAt(index + 1)] << count;
    for (count += 13; count >= 8; count -= 8) {
      bytes[length++] = bits & 255;
      bits >>>= 8;
    }
  }
  return bytes;
}

/** The content of a packed text. */
function unpacked(text) { return decodeLZMA(bytesOfText(text)); }

class RangeDecoder {
  constructor(bytes, start) {
    this.bytes = bytes;
    this.next = start + 1;
    this.range = 0xffffffff;
    this.code = 0;
    for (let i = 0; i < 4; i += 1) this.code = (this.code << 8 | bytes[this.next++]) >>> 0;
  }

  normalize() {
    if (this.range >= 0x1000000) return;
    this.range = this.range << 8 >>> 0;
    this.code = (this.code << 8 | this.bytes[this.next++]) >>> 0;
  }

  /** A bit with the probability at an index, which learns from it. */
  bit(probabilities, index) {
    const probability = probabilities[index], bound = (this.range >>> 11) * probability;
    const isOne = this.code >= bound;
    if (isOne) {
      this.range -= bound;
      this.code -= bound;
      probabilities[index] = probability - (probability >>> 5);
    } else {
      this.range = bound;
      probabilities[index] = probability + (2048 - probability >>> 5);
    }
    this.normalize();
    return isOne ? 1 : 0;
  }

  /** Bits that are as often 0 as 1. */
  plainBits(count) {
    let result = 0;
    for (; count > 0; count -= 1) {
      this.range >>>= 1;
      const isOne = this.code >= this.range;
      if (isOne) this.code -= this.range;
      result = result * 2 + (isOne ? 1 : 0);
      this.normalize();
    }
    return result;
  }

  /** A number of `count` bits, the highest first, by the probabilities of a binary tree from `start` on. */
  tree(probabilities, start, count) {
    let node = 1;
    for (let i = 0; i < count; i += 1) node = node << 1 | this.bit(probabilities, start + node);
    return node - (1 << count);
  }

  /** The same with the lowest bit first. */
  reversedTree(probabilities, start, count) {
    let node = 1, result = 0;
    for (let i = 0; i < count; i += 1) {
      const bit = this.bit(probabilities, start + node);
      node = node << 1 | bit;
      result |= bit << i;
    }
    return result;
  }
}

const evenOdds = count => new Uint16Array(count).fill(1024);

class LengthDecoder {
  constructor() {
    this.choice = evenOdds(2);
    this.low = evenOdds(16 << 3);
    this.middle = evenOdds(16 << 3);
    this.high = evenOdds(256);
  }

  read(coder, position) {
    if (!coder.bit(this.choice, 0)) return 2 + coder.tree(this.low, position << 3, 3);
    if (!coder.bit(this.choice, 1)) return 10 + coder.tree(this.middle, position << 3, 3);
    return 18 + coder.tree(this.high, 0, 8);
  }
}

/** Returns the content of an LZMA file whose header gives its length. */
function decodeLZMA(bytes) {
  const properties = bytes[0], lc = properties % 9, lp = Math.floor(properties / 9) % 5, pb = Math.floor(properties / 45);
  const header = new DataView(bytes.buffer, bytes.byteOffset), output = new Uint8Array(header.getUint32(5, true));
  const coder = new RangeDecoder(bytes, 13), literals = evenOdds(0x300 << lc + lp);
  const isMatch = evenOdds(12 << 4), isRepeated = evenOdds(12), isOlder = evenOdds(12), isLong = evenOdds(12 << 4);
  const isOldest = [evenOdds(12), evenOdds(12)], slots = evenOdds(4 << 6), near = evenOdds(128), aligned = evenOdds(16);
  const lengths = new LengthDecoder(), repeatedLengths = new LengthDecoder();
  let state = 0, distances = [0, 0, 0, 0], at = 0;

  function literal() {
    const before = at > 0 ? output[at - 1] : 0, low = (at & (1 << lp) - 1) << lc;
    const start = 0x300 * (low + (before >> 8 - lc));
    let symbol = 1;
    if (state >= 7) {
      // After a match: the byte that would have continued it tells something about this one.
      let match = output[at - distances[0] - 1];
      while (symbol < 0x100) {
        const expected = match >> 7 & 1, bit = coder.bit(literals, start + (1 + expected << 8) + symbol);
        match <<= 1;
        symbol = symbol << 1 | bit;
        if (expected !== bit) break;
      }
    }
    while (symbol < 0x100) symbol = symbol << 1 | coder.bit(literals, start + symbol);
    output[at++] = symbol;
    state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  }

  function distance(length) {
    const slot = coder.tree(slots, Math.min(length - 2, 3) << 6, 6);
    if (slot < 4) return slot;
    const count = (slot >> 1) - 1, base = (2 | slot & 1) << count;
    if (slot < 14) return base + coder.reversedTree(near, base - slot, count);
    return base + coder.plainBits(count - 4) * 16 + coder.reversedTree(aligned, 0, 4);
  }

  /** Moves the distance that is used again to the front; returns the length, or 0 for a single byte. */
  function repeated(position) {
    if (!coder.bit(isOlder, state)) {
      if (!coder.bit(isLong, (state << 4) + position)) return 0;
    } else {
      const index = !coder.bit(isOldest[0], state) ? 1 : !coder.bit(isOldest[1], state) ? 2 : 3;
      distances.unshift(...distances.splice(index, 1));
    }
    return repeatedLengths.read(coder, position);
  }

  while (at < output.length) {
    const position = at & (1 << pb) - 1;
    if (!coder.bit(isMatch, (state << 4) + position)) {
      literal();
      continue;
    }
    let length;
    if (coder.bit(isRepeated, state)) {
      length = repeated(position);
      state = length === 0 ? (state < 7 ? 9 : 11) : state < 7 ? 8 : 11;
      length ||= 1;
    } else {
      length = lengths.read(coder, position);
      distances = [distance(length), ...distances.slice(0, 3)];
      state = state < 7 ? 7 : 10;
    }
    const from = at - distances[0] - 1;
    for (let i = 0; i < length; i += 1) output[at + i] = output[from + i];
    at += length;
  }
  return output;
}
