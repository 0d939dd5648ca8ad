// How the log is written: lines for people, or an object a line for programs.
#pragma once

#include <string_view>

namespace placette::observe {

enum class LogFormat { text, json };

void logTo(LogFormat);  // the standard error; times are UTC

}  // namespace placette::observe
