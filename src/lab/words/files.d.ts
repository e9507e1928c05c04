declare module '@generated/course/default/words.json' {
  const words: Record<string, string>;
  export default words;
}
