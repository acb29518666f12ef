/** The page of the product that a plain click on a link opens in this tab; null when it leaves the page where it is. */
export function addressOfClick(event: MouseEvent): string | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link?.href || link.hasAttribute('download') || (link.target && link.target !== '_self')) return null;
  const to = new URL(link.href);
  if (to.origin !== window.location.origin || to.pathname.startsWith('/api/')) return null;
  return to.pathname === window.location.pathname ? null : `${to.pathname}${to.search}${to.hash}`;
}
