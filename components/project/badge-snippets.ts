interface Snippet {
  /** A name, the same in every language. */
  format: 'Markdown' | 'HTML' | 'AsciiDoc';
  text: string;
}

/** What to paste into a page so that it shows the badge and leads to the project. */
export function badgeSnippets(badgeUrl: string, projectUrl: string, alt: string): Snippet[] {
  const html = (text: string) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
  const plain = alt.replace(/[[\]"\\]/g, '');
  return [
    { format: 'Markdown', text: `[![${plain}](${badgeUrl})](${projectUrl})` },
    { format: 'HTML', text: `<a href="${html(projectUrl)}"><img src="${html(badgeUrl)}" alt="${html(alt)}"></a>` },
    { format: 'AsciiDoc', text: `image:${badgeUrl}["${plain}",link="${projectUrl}"]` },
  ];
}
