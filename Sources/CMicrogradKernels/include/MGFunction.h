// Written by GeneratedCodeTests from the engine's table of operations, Rules.swift. To change it, change the table, or
// add a function beside those of Elementary.h, and run MICROGRAD_REGENERATE=1 swift test --filter GeneratedCodeTests
#pragma once
#include <stdbool.h>
#include <stdint.h>

// Operations that have a kernel, by the engine's numbers for them.
typedef enum __attribute__((enum_extensibility(closed))) MGFunction : uint8_t {
  MGFunctionIdentity = 0,
  MGFunctionAdd = 1,
  MGFunctionSubtract = 2,
  MGFunctionMultiply = 3,
  MGFunctionDivide = 4,
  MGFunctionNegate = 5,
  MGFunctionPower = 6,
  MGFunctionConstantPower = 7,
  MGFunctionMaximum = 8,
  MGFunctionMinimum = 9,
  MGFunctionRelu = 10,
  MGFunctionLeakyReLU = 11,
  MGFunctionElu = 12,
  MGFunctionGelu = 13,
  MGFunctionSilu = 14,
  MGFunctionSoftplus = 15,
  MGFunctionSoftsign = 16,
  MGFunctionLogSigmoid = 17,
  MGFunctionSigmoid = 18,
  MGFunctionTanh = 19,
  MGFunctionExp = 20,
  MGFunctionExpMinusOne = 21,
  MGFunctionLog = 22,
  MGFunctionLogOnePlus = 23,
  MGFunctionSqrt = 24,
  MGFunctionAbs = 25,
  MGFunctionSin = 26,
  MGFunctionCos = 27,
  MGFunctionArctangent = 28,
  MGFunctionErf = 29,
  MGFunctionErfc = 30,
} MGFunction;

static inline bool mg_has_kernel(uint8_t operation) {
  switch (operation) {
    case MGFunctionIdentity:
    case MGFunctionAdd:
    case MGFunctionSubtract:
    case MGFunctionMultiply:
    case MGFunctionDivide:
    case MGFunctionNegate:
    case MGFunctionPower:
    case MGFunctionConstantPower:
    case MGFunctionMaximum:
    case MGFunctionMinimum:
    case MGFunctionRelu:
    case MGFunctionLeakyReLU:
    case MGFunctionElu:
    case MGFunctionGelu:
    case MGFunctionSilu:
    case MGFunctionSoftplus:
    case MGFunctionSoftsign:
    case MGFunctionLogSigmoid:
    case MGFunctionSigmoid:
    case MGFunctionTanh:
    case MGFunctionExp:
    case MGFunctionExpMinusOne:
    case MGFunctionLog:
    case MGFunctionLogOnePlus:
    case MGFunctionSqrt:
    case MGFunctionAbs:
    case MGFunctionSin:
    case MGFunctionCos:
    case MGFunctionArctangent:
    case MGFunctionErf:
    case MGFunctionErfc:
      return true;
    default: return false;
  }
}
