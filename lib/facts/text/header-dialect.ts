/** Forms that C has not, at the start of a line: what guards `extern "C"` and what comments say does not count. */
const CPP =
  /^[ \t]{0,40}(?:(?:inline[ \t]+)?namespace(?:[ \t]+[\w:]+)?[ \t]*\{|namespace[ \t]+\w+[ \t]*$|template[ \t]*<|using[ \t]+\w+[ \t]*=|(?:public|private|protected)[ \t]*:|class[ \t]+(?:\w+[ \t]+){0,2}\w+[ \t]*(?:\{|:[^:]|$))/m;

/** Whether a header, whose name fits C and C++ alike, is written in C++. */
export const isCppHeader = (text: string): boolean => CPP.test(text);
