package dev.pacebench.sandbox.docker;

import java.io.InputStream;
import java.io.OutputStream;

/** Both directions of an exec under way. */
interface ExecLink {

  /** Write what should go in. */
  OutputStream in();

  /** Read what comes out of standard output. */
  InputStream out();

  /** What came on standard error or broke the link, which is short or nothing. */
  String errors();

  /** What an engine wrote in the place of a program that it could not start. */
  String inPlaceOfOutput();

  /** Ends both directions; what writes or reads is let go. */
  void end();
}
