// Derivatives derived by hand: the limit for all others. The variant `function` computes the value alone.
#include "peer.hpp"

struct Hand {
  std::string name = "by hand";
  std::vector<std::string> variants = {"derivatives", "function"};

  template <class W>
  bool gradient(const std::string& variant, const W& work, Vector& result) {
    result = variant == "function" ? Vector{work.template objective<double>(work.point)} : work.by_hand();
    return true;
  }

  template <class W>
  bool jacobians(const std::string& variant, const W& work, Vector& result) {
    if (variant == "derivatives") {
      result = work.by_hand();
      return true;
    }
    result.clear();
    Vector values(work.outputs);
    for (int i = 0; i < work.count; ++i) {
      work.template results<double>(i, work.point(i), values);
      result.insert(result.end(), values.begin(), values.end());
    }
    return true;
  }

  bool second_order(const std::string& variant, const KMeans& work, Vector& result) {
    return gradient(variant, work, result);
  }
};

int main(int count, char** arguments) { return run_peer(count, arguments, Hand()); }
