declare module '@generated/course/default/words.json' {
  const words: {
    /** By id: the texts of experiments. */
    texts: Record<string, string>;
    /** By the English text, whatever is told of runs, pictures and settings. */
    phrases: Record<string, string>;
  };
  export default words;
}
