// MDX to its syntax tree. CommonJS, because whoever loads the site's configuration turns `import()` in TypeScript into `require`,
// and the parser is a module that cannot be required.

module.exports = async function parsePage(text) {
  const { createProcessor } = await import('@mdx-js/mdx');
  return createProcessor().parse(text);
};
