// All or nothing.
#pragma once

#include "kiosk/store/database.h"

namespace kiosk::store {

// BEGIN IMMEDIATE: takes the write lock at once, so that nothing fails half way for want of it. Rolled back on
// destruction unless commit() succeeded. Does not nest. The Database must stay where it is meanwhile.
class Transaction {
 public:
  static core::Result<Transaction> begin(Database& database);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  core::Status commit();
  void rollback();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;  // null once over
};

}  // namespace kiosk::store
