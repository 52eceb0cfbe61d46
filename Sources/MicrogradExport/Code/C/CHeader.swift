import MicrogradData
import MicrogradModels
import MicrogradNetworks

/// A model as a header in C.
struct CHeader {
  let model: TabularModel
  /// The name that all declarations begin with.
  let name: String
  let c: CDialect
  /// The names of the columns as members of a structure.
  let members: [String]

  init(_ model: TabularModel, name: String, precision: Precision) {
    self.model = model
    self.name = Identifiers(style: .snakeCase, reserved: []).name(for: name, kind: "model")
    c = CDialect(precision: precision, model: self.name)
    members = Identifiers(style: .snakeCase, reserved: Self.reserved).names(
      for: model.pipeline.features.map { $0.name }, kind: "column")
  }

  var text: String {
    let functions = model.layers.indices.map(layer) + [outputs, prediction]
    let library = c.library.functions(calledBy: functions.joined())
    let parts: [[String]] = [
      [guardBegin, row], classes, library, [encoding], functions, classification, ["#endif\n"],
    ]
    return comment + parts.joined().joined(separator: "\n\n")
  }

  private var features: [Pipeline.Feature] { model.pipeline.features }
  private var macro: String { String(decoding: name.utf8.map { $0.uppercased }, as: UTF8.self) + "_H" }
  private var hasTexts: Bool { features.contains { $0.kind == .texts } }
}

// MARK: - Declarations

extension CHeader {
  private var comment: String {
    let example = zip(features, members).prefix(3).map { feature, member in
      "//   row.\(member) = \(feature.example(in: Quotation.c));\n"
    }
    let call =
      model.output.classes == nil
      ? "//   \(c.type) number = \(name)_predict(&row);\n"
      : """
      //   \(c.type) probabilities[\(name)_class_count];
      //   \(name)_predict(&row, probabilities);  // in the order of \(name)_classes
      //   const char *best = \(name)_classes[\(name)_classify(&row)];

      """
    return """
      // \(model.summary)
      //
      //   \(name)_input row = {0};
      \(example.joined())\(members.count > 3 ? "//   …\n" : "")\(call)//
      // C99 or C++17, without memory from the heap. Link with the math library (-lm).

      """
  }

  private var guardBegin: String {
    "#ifndef \(macro)\n#define \(macro)\n\n#include <math.h>" + (hasTexts ? "\n#include <string.h>" : "")
  }

  private var row: String {
    let lines = zip(features, members).map { feature, member in
      let type = feature.kind == .texts ? "const char *" : "\(c.type) "
      return "  \(type)\(member);  // \(feature.explanation)\n"
    }
    return """
      // A row of the table. NAN stands for a missing number, NULL or "" for a missing text.
      typedef struct {
      \(lines.isEmpty ? "  char unused;\n" : lines.joined())} \(name)_input;
      """
  }

  /// Nothing if a number is predicted.
  private var classes: [String] {
    guard let classes = model.output.classes else { return [] }
    return [
      """
      enum { \(name)_class_count = \(classes.count) };

      static const char *const \(name)_classes[\(name)_class_count] = {
      \(classes.map { "  \(Quotation.c($0)),\n" }.joined())};
      """
    ]
  }
}

// MARK: - From a row to the inputs

extension CHeader {
  private var encoding: String {
    var index = 0
    let lines = zip(features, members).flatMap { feature, member in
      feature.encoded("input->\(member)", in: self).map { code in
        defer { index += 1 }
        return "  x[\(index)] = \(code);\n"
      }
    }
    let isText = """
      // 1 if a text is that of the category, otherwise 0.
      static inline \(c.type) \(name)_is(const char *text, const char *category) {
        return strcmp(text ? text : "", category) == 0 ? 1 : 0;
      }


      """
    return (hasTexts ? isText : "") + """
      // The inputs of the network.
      static inline void \(name)_encode(const \(name)_input *input, \(c.type) *x) {
      \(lines.isEmpty ? "  (void)input;\n  (void)x;\n" : lines.joined())}
      """
  }
}

extension Pipeline.Feature {
  /// The numbers that a field becomes.
  fileprivate func encoded(_ field: String, in header: CHeader) -> [String] {
    switch encoding {
    case .standardized(let mean, let deviation):
      ["isnan(\(field)) ? 0 : (\(field) - \(header.c.literal(mean))) / \(header.c.literal(deviation))"]
    case .oneHot(let categories):
      // No text of C has a zero in it.
      categories.map { $0.contains("\0") ? "0" : "\(header.name)_is(\(field), \(Quotation.c($0)))" }
    }
  }
}

// MARK: - The network

extension CHeader {
  private func layer(_ index: Int) -> String {
    let layer = model.layers[index], type = c.type
    let inputs = layer.inputCount, outputs = layer.outputCount
    let rows = layer.weights.map { "    {\n\(numbers($0, indent: 6))    },\n" }.joined()
    let weights = "  static const \(type) weights[\(outputs)][\(inputs)] = {\n\(rows)  };\n"
    let sum = "    for (int j = 0; j < \(inputs); j++) a += weights[i][j] * x[j];\n"
    return """
      // Layer \(index + 1): \(layer.activation.name).
      static inline void \(name)_layer\(index + 1)(const \(type) *x, \(type) *y) {
      \(inputs > 0 ? weights : "  (void)x;\n")  static const \(type) biases[\(outputs)] = {
      \(numbers(layer.biases, indent: 4))  };
      \(layer.constant.map { "  const \(type) b = \(c.literal($0));\n" } ?? "")\
        for (int i = 0; i < \(outputs); i++) {
          \(type) a = biases[i];
      \(inputs > 0 ? sum : "")    y[i] = \(layer.formula(in: c));
        }
      }
      """
  }

  private func numbers(_ numbers: [Double], indent: Int) -> String {
    lines(of: numbers.map(c.literal), ", ").map { String(repeating: " ", count: indent) + $0 + ",\n" }.joined()
  }

  private var outputs: String {
    let last = model.layers.count
    let buffers = model.layers.enumerated().map { "x\($0)[\(max($1.inputCount, 1))]" }
    let calls = (1...last).map { "  \(name)_layer\($0)(x\($0 - 1), \($0 == last ? "y" : "x\($0)"));\n" }
    return """
      // The outputs of the last layer.
      static inline void \(name)_outputs(const \(name)_input *input, \(c.type) *y) {
        \(c.type) \(buffers.joined(separator: ", "));
        \(name)_encode(input, x0);
      \(calls.joined())}
      """
  }
}

// MARK: - From the outputs to the prediction

extension CHeader {
  private var prediction: String {
    switch model.output {
    case .logistic: classesPrediction(logistic)
    case .softmax: classesPrediction(softmax)
    case .number(let mean, let deviation):
      """
      // The number that is predicted.
      static inline \(c.type) \(name)_predict(const \(name)_input *input) {
        \(c.type) y[1];
        \(name)_outputs(input, y);
        return \(c.literal(mean)) + \(c.literal(deviation)) * y[0];
      }
      """
    }
  }

  private func classesPrediction(_ body: String) -> String {
    """
    // Writes the probability of each class, in the order of \(name)_classes.
    static inline void \(name)_predict(const \(name)_input *input, \(c.type) *probabilities) {
    \(body)
    }
    """
  }

  private var logistic: String {
    """
      \(c.type) y[1];
      \(name)_outputs(input, y);
      probabilities[0] = \(name)_sigmoid(-y[0]);
      probabilities[1] = \(name)_sigmoid(y[0]);
    """
  }

  private var softmax: String {
    """
      \(name)_outputs(input, probabilities);
      \(c.type) largest = probabilities[0], sum = 0;
      for (int i = 1; i < \(name)_class_count; i++) largest = fmax\(c.suffix)(largest, probabilities[i]);
      for (int i = 0; i < \(name)_class_count; i++) {
        probabilities[i] = exp\(c.suffix)(probabilities[i] - largest);
        sum += probabilities[i];
      }
      for (int i = 0; i < \(name)_class_count; i++) probabilities[i] /= sum;
    """
  }

  private var classification: [String] {
    if model.output.classes == nil { return [] }
    return [
      """
      // The most probable class, an index of \(name)_classes.
      static inline int \(name)_classify(const \(name)_input *input) {
        \(c.type) probabilities[\(name)_class_count];
        \(name)_predict(input, probabilities);
        int best = 0;
        for (int i = 1; i < \(name)_class_count; i++) {
          if (probabilities[i] > probabilities[best]) best = i;
        }
        return best;
      }
      """
    ]
  }
}

// MARK: - Words

extension CHeader {
  /// The keywords of C and C++, and macros of small letters that compilers and common headers have.
  static let reserved = Set(
    """
    alignas alignof and and_eq asm atomic_cancel atomic_commit atomic_noexcept auto bitand bitor bool break case catch char \
    char8_t char16_t char32_t class compl complex concept const consteval constexpr constinit const_cast continue co_await \
    co_return co_yield decltype default delete do double dynamic_cast else enum errno explicit export extern false far \
    final float for friend goto huge i386 if imaginary import inline int interface linux long mutable namespace near new \
    noexcept not not_eq noreturn nullptr operator or or_eq override private protected public reflexpr register \
    reinterpret_cast requires restrict return short signed sizeof small static static_assert static_cast stderr stdin \
    stdout struct switch synchronized template this thread_local throw true try typedef typeid typename typeof \
    typeof_unqual union unix unsigned using virtual void volatile wchar_t while xor xor_eq
    """.split(separator: " ").map(String.init))
}
