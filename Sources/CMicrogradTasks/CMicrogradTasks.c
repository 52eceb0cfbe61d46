// A target can either compile a Swift file or embed it. As SwiftPM embeds files, a number for each byte in a Swift array, the
// optimiser took 47 s.
#include "CMicrogradTasks.h"

#include <stddef.h>

#pragma clang diagnostic ignored "-Wc23-extensions"  // #embed, which clang has in older C too

static const char task01[] = {
#embed "../MicrogradLab/Tasks/Task01Perceptron.swift"
    , 0};
static const char task02[] = {
#embed "../MicrogradLab/Tasks/Task02Sigmoid.swift"
    , 0};
static const char task03[] = {
#embed "../MicrogradLab/Tasks/Task03GradientGraph.swift"
    , 0};
static const char task04[] = {
#embed "../MicrogradLab/Tasks/Task04ReadingTheGraph.swift"
    , 0};
static const char task05[] = {
#embed "../MicrogradLab/Tasks/Task05UpdatingTheWeights.swift"
    , 0};
static const char task06[] = {
#embed "../MicrogradLab/Tasks/Task06Data.swift"
    , 0};
static const char task07[] = {
#embed "../MicrogradLab/Tasks/Task07LossOfAModel.swift"
    , 0};
static const char task08[] = {
#embed "../MicrogradLab/Tasks/Task08HiddenLayer.swift"
    , 0};
static const char task09[] = {
#embed "../MicrogradLab/Tasks/Task09Training.swift"
    , 0};
static const char task10[] = {
#embed "../MicrogradLab/Tasks/Task10SixteenNeurons.swift"
    , 0};
static const char task11[] = {
#embed "../MicrogradLab/Tasks/Task11ThreeWaysToLearn.swift"
    , 0};

static const char *const texts[] = {
    task01, task02, task03, task04, task05, task06,
    task07, task08, task09, task10, task11,
};

const char *mg_task_text(int number) {
  const size_t index = (size_t)number - 1;
  return index < sizeof(texts) / sizeof(texts[0]) ? texts[index] : NULL;
}
