//! Text to tokens: jieba words, characters, character pairs; the mini dictionary.
