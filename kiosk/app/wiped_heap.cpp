// What C++ code frees is wiped first. Secrets wipe themselves, but what is made of them to be shown, spoken and sent
// passes through strings and vectors, libraries' too: none of it may outlast a visit in memory (rule 4 of the house).
// The programs of this folder take these in place of the standard library's; a sanitizer's own have precedence.
#include <malloc.h>
#include <string.h>

#include <cstdlib>
#include <new>

void* operator new(std::size_t size) {
  if (void* const memory = std::malloc(size > 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}

void operator delete(void* memory) noexcept {
  if (!memory) return;
  explicit_bzero(memory, malloc_usable_size(memory));
  std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }
