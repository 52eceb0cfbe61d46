extension LayeredLayout {
  /// Returns the layout after some of the boxes have become larger. The layers, the order within them and the routes of the
  /// edges stay the same. Boxes grow up and down alike, so that edges at the middle of a box stay straight.
  func opened(_ sizes: [Size]) -> LayeredLayout {
    var widths = sides.map { _ in 0.0 }
    for (layer, size) in zip(layers, sizes) { widths[layer] = max(widths[layer], size.width) }
    let stretchX = Stretch(zip(sides, widths).map { .init(start: $0.left, end: $0.right, length: $1) })
    let stretchY = Stretch(
      zip(frames, sizes).flatMap { frame, size in
        [(frame.y, frame.midY), (frame.midY, frame.maxY)].map { .init(start: $0, end: $1, length: size.height / 2) }
      })

    let moved = frames.indices.map { index in
      let right = stretchX(sides[layers[index]].right), size = sizes[index]
      return Rectangle(
        x: right - size.width, y: stretchY(frames[index].midY) - size.height / 2, width: size.width,
        height: size.height)
    }
    /// Returns the height of the end of a line, which keeps its position at its box.
    func height(_ y: Double, at node: Int) -> Double { moved[node].midY + y - frames[node].midY }
    let routes = routes.map { route in
      var route = route, points = route.points.map { Point(stretchX($0.x), stretchY($0.y)) }
      if route.points[0].x == sides[layers[route.source]].right {
        points[0].y = height(route.points[0].y, at: route.source)
      }
      if let target = route.target {
        let y = height(route.points[route.points.count - 1].y, at: target),
          left = stretchX(sides[layers[target]].left)
        // Inside the target's layer the line runs horizontally: the boxes beside it may have grown.
        points = points.dropLast().filter { $0.x < left - 0.01 }
        if moved[target].x - left > 0.01 { points.append(Point(left, y)) }
        points.append(Point(moved[target].x, y))
      }
      route.points = points
      return route
    }
    // By rounding, the end of the last box may lie beyond that of the whole.
    let size = Size(width: stretchX(size.width + 1e-7), height: stretchY(size.height + 1e-7))
    return LayeredLayout(
      frames: moved, routes: routes, size: size,
      layers: layers, sides: sides.map { (stretchX($0.left), stretchX($0.right)) })
  }
}
