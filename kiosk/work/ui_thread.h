// Which thread is the UI thread, asserted in every build: a wrong thread is a fault that no test may let pass.
#pragma once

namespace kiosk::work {

// Until some thread claims the role (unit tests, kioskctl), every thread passes both assertions.
class UiThread {
 public:
  // The calling thread is the UI thread from now on.
  static void claim() noexcept;
  // Nobody is any more: at the end of main, and between tests.
  static void release() noexcept;
  static bool here() noexcept;

  // Log the place and abort where they do not hold. `where` names the function: a literal.
  static void assert_here(const char* where);
  static void assert_elsewhere(const char* where);
};

}  // namespace kiosk::work
