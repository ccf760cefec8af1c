/** Holds the one name that the command line library looks for at each start; see the class. */
@NullMarked
package groovy.lang;

import org.jspecify.annotations.NullMarked;
