import Testing

/// The communicator's operations, on ranks of this machine.
@Suite(.serialized) struct CommunicatorTests {
  @Test(arguments: MPIJob.ranks) func operationsGiveTheKnownResults(ranks: Int) throws {
    let (status, output, errors) = try MPIJob("CommunicatorCheck", ranks: ranks).result()
    #expect(status == 0, "\(ranks) ranks: exit status \(status)\n\(errors)")
    #expect(output.hasPrefix("\(ranks) ranks are right"), "\(ranks) ranks: \(output)\n\(errors)")
  }
}
