// What every driver asks of a job before it does anything.
#pragma once

#include "drivers/printer/printer.h"

namespace drivers::printer {

// Invalid for an id that is no file name, no pages, a page of no size, wider than `dots_per_line` or longer than
// 5 metres of paper, or whose bytes don't fit its size.
kiosk::core::Status check_job(const PrintJob& job, int dots_per_line);

}  // namespace drivers::printer
