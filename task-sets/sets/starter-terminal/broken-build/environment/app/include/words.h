#ifndef WORDS_H
#define WORDS_H

/* What belongs to a word: letters, digits and the apostrophe. */
#define IS_WORD(c) (isalnum((unsigned char)(c)) || (c) == '\'')

#endif
