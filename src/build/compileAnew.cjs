// A loader that changes nothing: a page that tells of files which it does not import is compiled by every build.
// JavaScript, because the bundler loads it by itself.

module.exports = function compileAnew(source) {
  this.cacheable(false);
  return source;
};
