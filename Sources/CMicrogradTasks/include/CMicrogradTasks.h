// The files of the tasks: Sources/MicrogradLab/Tasks.
#pragma once

#pragma clang assume_nonnull begin

// The text of the file of a task; NULL if there is no task of that number.
const char *_Nullable mg_task_text(int number);

#pragma clang assume_nonnull end
