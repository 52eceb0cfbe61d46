import CMicrogradNode
import MicrogradRequirement

/// A scalar that remembers how it was computed, so that a gradient can flow back through it.
///
/// ```swift
/// let a = Value(-4), b = Value(2)
/// let y = (a * b + pow(b, 3)).tanh()
/// y.backward()
/// a.grad  // ∂y/∂a
/// ```
///
/// A value is a reference: copies share `data`, `grad` and `label`. It keeps alive what it was computed from, and
/// nothing else does; when the last copy is gone, so is the part of the graph that only it needed. No tape has to
/// be opened or reset.
///
/// A value belongs to the thread that it was recorded on, and is not `Sendable`: give each thread a model of its own.
///
/// - Complexity: An operation takes a few nanoseconds and 48 bytes in a release build.
/// - SeeAlso: [karpathy/micrograd](https://github.com/karpathy/micrograd), whose `Value` this one is modelled on.
@frozen public struct Value {
  @usableFromInline let node: MGNode
  // Swift 6.3.1 crashes on Optional of a struct whose only stored field is a foreign reference.
  @usableFromInline let padding: UInt8

  /// Takes over the one reference that a new cell is born with.
  @inlinable @inline(__always) init(adopting cell: Cell) {
    node = mg_adopt(cell)
    padding = 0
  }

  /// Creates a leaf: an input, a parameter, a constant.
  @inlinable public init(_ data: Double) { self = Value.recordLeaf(data) }

  /// Creates a leaf from a whole number.
  @inlinable public init(_ data: Int) { self = Value.recordLeaf(Double(data)) }

  /// Creates a leaf with a name for drawings and messages.
  public init(_ data: Double, label: String) {
    self = Value.recordLeaf(data)
    self.label = label
  }

  /// The number.
  ///
  /// It can be set, also on a computed value. Later operations and `backward()` use the new number. The operands do not
  /// change, nor do the values that were already computed from this one.
  @inlinable public var data: Double {
    get { withCell { $0.pointee.data } }
    nonmutating set {
      withCell { cell in
        cell.pointee.data = newValue
        if cell.pointee.operation != Operation.leaf.rawValue { cell.pointee.flags |= CellFlag.assigned }
      }
    }
  }

  /// The derivative of the value that `backward()` was called on, with respect to this one. Before that, it is 0.
  ///
  /// In leaves, gradients accumulate over several calls of `backward()` until they are set to 0. In computed values
  /// they are those of the last call that reached them on the thread that computed them.
  ///
  /// - Precondition: The gradient of a computed value is set only on the thread that computed it, before any `await`
  ///   that may move the task to another thread.
  @inlinable public var grad: Double {
    get { withCell { $0.pointee.grad } }
    nonmutating set {
      withCell { cell in
        if cell.pointee.operation != Operation.leaf.rawValue { willSetComputedGrad(cell) }
        cell.pointee.grad = newValue
      }
    }
  }

  /// The name that drawings and messages show, if any. Copies share it.
  public var label: String? {
    get { withCell { Labels.get($0).label } }
    nonmutating set { withCell { Labels.set($0, newValue) } }
  }

  /// Gives the value a name and returns it: `let loss = (error * error).labelled("loss")`.
  public func labelled(_ label: String) -> Value {
    self.label = label
    return self
  }

  /// Computes the derivatives of this value with respect to all values that it was computed from, and adds them to their
  /// `grad`.
  ///
  /// In the reverse order of recording, each computed value multiplies its gradient by the local derivative of each
  /// operand, and hands the product on to that operand (the chain rule). A second call adds to the leaves' gradients
  /// once more, as in PyTorch; gradients of computed values start anew with each call. A value whose gradient is
  /// exactly 0 hands nothing on, so that an infinite local derivative behind a closed ReLU does not turn into NaN.
  ///
  /// - Complexity: Linear in the number of computed values in this thread's memory that are older than this one, whether
  ///   they belong to its graph or not; about 1 ns each. Where an `await` moved the task in the middle of a graph, some
  ///   100 ns for each node of the graph.
  public func backward() { withCell { sweepBackward(from: $0) } }

  /// Lends the cell to `body`, and keeps it alive meanwhile. Fields are read through the pointer: through the
  /// reference Swift would check exclusive access, which costs 9 ns.
  @inlinable @inline(__always) func withCell<R>(_ body: (Cell) -> R) -> R {
    withExtendedLifetime(self) { body(mg_borrow(node)) }
  }
}

@available(*, unavailable, message: "a Value belongs to one thread; give each thread a model of its own")
extension Value: Sendable {}

/// Marks the slab of a computed cell whose gradient is about to be set by hand: sweeps must know which slabs hold
/// gradients of computed cells other than 0.
@usableFromInline @inline(never) func willSetComputedGrad(_ cell: Cell) {
  require(
    cell.pointee.arena == mg_tape().pointee.id,
    "the gradient of a computed value can be set only on the thread that computed it, before an await moves the task")
  Arena.mine.pointee.touch(Slab(of: cell))
}

// MARK: - Literals

extension Value: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// Creates a leaf.
  @inlinable public init(floatLiteral data: Double) { self.init(data) }
  /// Creates a leaf.
  @inlinable public init(integerLiteral data: Int) { self.init(data) }
}

// MARK: - Identity

extension Value: Identifiable {
  /// Tells values apart while they are alive, whatever their numbers.
  public struct ID: Hashable, Sendable { let address: UInt }

  /// Equal for copies of one value, different for two values with equal numbers.
  public var id: ID { withCell { ID(address: UInt(bitPattern: $0)) } }

  /// Whether both are copies of one value. There is no `==`, which readers could take for a comparison of numbers:
  /// compare `data`.
  @inlinable public static func === (left: Value, right: Value) -> Bool {
    left.withCell { l in right.withCell { l == $0 } }
  }
}

// MARK: - Text

extension Value: CustomStringConvertible {
  /// As micrograd prints it: `Value(data=24.7, grad=0.0)`, with the label if there is one.
  public var description: String {
    let name = label.map { ", label=\"\($0)\"" } ?? ""
    return "Value(data=\(data.text), grad=\(grad.text)\(name))"
  }
}

// MARK: - Looking at the graph

extension Value {
  /// The operation that computed the value; `leaf` if none did.
  public var operation: Operation { withCell { $0.operation } }

  /// The values that it was computed from, in order. A number, such as an exponent or the 2 of `x * 2`, is among them. So is a
  /// product that was recorded together with the sum it is part of. Both are made anew with each call. Those of a dot product are its
  /// bias, if it has one, then its pairs.
  public var operands: [Value] { withCell { cell in cell.operands.map { cell.value(of: $0) } } }
}
