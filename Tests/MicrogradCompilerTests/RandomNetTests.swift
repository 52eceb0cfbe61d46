import MicrogradEngine
import MicrogradNetworks
import MicrogradTestSupport
import Testing

@testable import MicrogradCompiler

/// Random nets, losses, batches and orders of recording, against the values themselves.
@Suite struct RandomNetTests {
  @Test func lossAndGradientsAgreeInDouble() throws {
    let first = newSeed()
    for seed in first..<first + 60 {
      let net = RandomNet(seed: seed), loss = net.record()
      let program = try Program(loss, parameters: net.parameters)
      expectAgreement(program, loss, net.name)
      // In a few samples, no two may have the same label, and so no two the same loss.
      if net.points.count > 20 { #expect(program.refusal == nil, "\(net.name)") }
    }
  }

  @Test func lossAndGradientsAgreeInFloat() throws {
    let first = newSeed()
    for seed in first..<first + 25 {
      let net = RandomNet(seed: seed), loss = net.record()
      let program = try Program(loss, parameters: net.parameters, precision: .float)
      expectAgreement(program, loss, net.name, tolerance: 1e-4)
    }
  }

  @Test func eachOperationByItself() throws {
    for activation in RandomNet.activations {
      let w = Value(0.7), v = Value(-0.4)
      let loss = [-1.5, -0.3, 0, 0.2, 0.9, 2].map { x in activation(w * x + v).squared() }.mean()
      let program = try Program(loss, parameters: [w, v])
      #expect(program.refusal == nil, "\(activation.name)")
      expectAgreement(program, loss, activation.name)
    }
  }
}
