/// Returns text from a file as a message shows it: in quotes, on one line, and shortened to 40 characters.
package func quoted(_ text: String) -> String {
  let limit = 40
  return (text.count <= limit ? text : text.prefix(limit) + "…").debugDescription
}
