// A loader that changes nothing: it makes a page depend on the folders that its numbers are computed from.
// JavaScript, because the bundler loads it by itself.

module.exports = function watchFolders(source) {
  for (const folder of this.getOptions().folders) this.addContextDependency(folder);
  return source;
};
