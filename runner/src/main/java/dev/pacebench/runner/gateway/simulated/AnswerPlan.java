package dev.pacebench.runner.gateway.simulated;

import dev.pacebench.runner.gateway.call.CallUsage;

/**
 * What an answer says beside its content.
 *
 * @param id of the response
 * @param digits hexadecimal digits that its other ids end with
 * @param turn which turn of the work it is
 * @param ask what was asked
 * @param usage tokens in and out
 * @param said what the model says
 * @param pace when
 */
record AnswerPlan(
    String id, String digits, int turn, Ask ask, CallUsage usage, Said said, Pace pace) {

  /** A made-up date: equal seeds must give equal bytes. */
  static final long CREATED = 1_767_225_600L;

  /** An id of one of the answer's items. */
  String item(String prefix, int index) {
    return Turns.callId(prefix, turn, index, digits);
  }
}
