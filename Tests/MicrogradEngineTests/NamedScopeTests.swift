import MicrogradEngine
import MicrogradTestSupport
import Testing

@Suite struct NamedScopeTests {
  /// The scopes of the computed nodes, from the outside to the inside: `outer/inner`.
  private func scopes(of value: Value) -> [String] {
    value.recordedNodes.filter { $0.operation != .leaf }.map { node in
      var names: [String] = [], next = node.scope
      while let scope = next {
        names.insert(scope.name, at: 0)
        next = scope.outer
      }
      return names.joined(separator: "/")
    }
  }

  private func nested(_ x: Value) -> Value {
    let y = x.exp()
    let z = namedScope("outer") {
      let a = (y * 2).tanh()
      let b = namedScope("inner") { a.sin() }
      return b.cos()
    }
    return z.sqrt()
  }

  @Test func namesAreKeptWhereTheyAreAskedFor() {
    let x = Value(0.5)
    #expect(scopes(of: nested(x)) == Array(repeating: "", count: 6))
    let named = withNamedScopes { nested(x) }
    #expect(scopes(of: named) == ["", "outer", "outer", "outer/inner", "outer", ""])
    #expect(scopes(of: nested(x)) == Array(repeating: "", count: 6), "and nowhere else")
    #expect(named.data == nested(x).data)
  }

  @Test func aNameThatNobodyAsksForIsNotMade() {
    func name() -> String {
      Issue.record("the name was made")
      return ""
    }
    #expect(namedScope(name()) { Value(2) * 3 }.data == 6)
  }

  @Test func everyRunIsAScopeOfItsOwn() {
    let sum = withNamedScopes { (0..<3).map { k in namedScope("term") { Value(Double(k)).exp().tanh() } }.sum() }
    let scopes = sum.recordedNodes.compactMap { $0.scope }
    #expect(scopes.map(\.name) == Array(repeating: "term", count: 6))
    #expect(Set(scopes.map { ObjectIdentifier($0) }).count == 3)
  }

  /// Two slabs and more, with values that die on the way.
  @Test func aLargeScope() {
    let result = withNamedScopes { () -> Value in
      var y = Value(1) * 1
      namedScope("long") {
        for k in 0..<5000 {
          _ = (y * 2).tanh()
          y = y.sin()
          if k == 2500 { namedScope("middle") { y = y.cos() } }
        }
      }
      return y.exp()
    }
    let scopes = scopes(of: result)
    #expect(scopes.count == 5003 && scopes.first == "" && scopes.last == "")
    #expect(scopes.count { $0 == "long" } == 5000 && scopes.count { $0 == "long/middle" } == 1)
  }

  @Test func dotProductsAndFusedSums() {
    let w: [Value] = [1, 2, 3], x: [Value] = [4, 5, 6]
    func compute() -> Value {
      let dotted = namedScope("dot") { dot(w, x, bias: 0.5) }
      return namedScope("sum") { dotted * 2 + w[0] } + 1
    }
    let plain = compute(), named = withNamedScopes { compute() }
    #expect(scopes(of: named).filter { $0 != "" } == ["dot", "sum", "sum"])
    named.backward()
    let gradient = w[0].grad
    w[0].grad = 0
    plain.backward()
    #expect(named.data == plain.data && gradient == w[0].grad)
  }

  @Test func labelsAndScopesGoTogether() {
    let x = Value(2)
    let y = withNamedScopes { namedScope("part") { (x * 3).labelled("y") } }
    #expect(y.label == "y" && scopes(of: y) == ["part"])
    y.label = nil
    #expect(y.label == nil && scopes(of: y) == ["part"])
    y.label = "z"
    #expect(y.label == "z" && scopes(of: y) == ["part"])
  }

  @Test func namesDieWithTheirValues() {
    var y: Value? = withNamedScopes { namedScope("part") { Value(2).exp() } }
    let id = y!.id
    #expect(Value.hasLabel(id))
    y = nil
    #expect(!Value.hasLabel(id))
  }

  @Test func aScopeThatThrowsEnds() {
    struct Failure: Error {}
    let y = withNamedScopes { () -> Value in
      do throws(Failure) { try namedScope("failed") { () throws(Failure) in throw Failure() } } catch {}
      return namedScope("next") { Value(1).exp() }
    }
    #expect(scopes(of: y) == ["next"])
  }
}
