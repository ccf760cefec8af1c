package dev.pacebench.runner.store;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.UserError;
import java.sql.SQLException;
import java.util.Locale;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Says what a database failure means and what to do about it. */
final class DatabaseErrors {

  private DatabaseErrors() {}

  static RuntimeException explain(String place, Throwable e) {
    if (e instanceof InfrastructureError || e instanceof UserError) {
      return (RuntimeException) e;
    }
    SQLException sql = sqlCause(e);
    String text = String.valueOf(e.getMessage());
    int code = sql == null ? 0 : sql.getErrorCode();
    if (isDiskFull(e)) {
      return new InfrastructureError(
          "the disk of the database " + place + " is full",
          "free some space, then `pacebench resume` goes on where the run ended",
          e);
    }
    return switch (code) {
      case ErrorCode.FILE_CORRUPTED_1,
          ErrorCode.FILE_VERSION_ERROR_1,
          ErrorCode.IO_EXCEPTION_2,
          ErrorCode.GENERAL_ERROR_1 ->
          new InfrastructureError(
              "the database " + place + " cannot be read: " + firstLine(text),
              "move its folder away; Pacebench makes it again from the run folders",
              e);
      case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
          new InfrastructureError(
              "the database " + place + " is held by a process that does not answer",
              "end that process, then try again",
              e);
      default ->
          new InfrastructureError(
              "the database " + place + " failed: " + firstLine(text),
              "see that it can be reached and has the right owner, then try again",
              e);
    };
  }

  /** Whether the same statement may well succeed when sent again. */
  static boolean isConnectionLost(Throwable e) {
    SQLException sql = sqlCause(e);
    if (sql == null) {
      return false;
    }
    String state = String.valueOf(sql.getSQLState());
    return state.startsWith("08")
        || sql.getErrorCode() == ErrorCode.DATABASE_IS_CLOSED
        || sql.getErrorCode() == ErrorCode.CONNECTION_BROKEN_1
        || sql.getErrorCode() == ErrorCode.DATABASE_CALLED_AT_SHUTDOWN
        || sql.getErrorCode() == ErrorCode.OBJECT_CLOSED
        || sql.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1;
  }

  private static @Nullable SQLException sqlCause(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }

  private static boolean isDiskFull(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      String text = String.valueOf(at.getMessage()).toLowerCase(Locale.ROOT);
      if (text.contains("no space left") || text.contains("disk full")) {
        return true;
      }
    }
    return false;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse(text);
  }
}
