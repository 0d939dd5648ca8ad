// What of a page cannot be seen, read or hit: measured in the page, told by its words.
import type { Page } from '@playwright/test';

/** What sticks out of the window at its side. */
export const outside = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .map((element) => `${element.tagName} ${element.textContent?.trim().slice(0, 40)}`);
  });

/** Text that leaves the box it stands in, or is cut off by one. */
export const cutText = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const slack = 2; // a line's letters may be a little higher than its box
    const boxed = 'button, a.button, td, th, li, dd, .card, .notice, .chip, .tile, [role="dialog"]';
    const faults: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement!;
      const range = document.createRange();
      range.selectNodeContents(node);
      const text = range.getBoundingClientRect();
      if (!node.textContent!.trim() || text.width === 0 || !element.checkVisibility({ visibilityProperty: true }))
        continue;
      for (let box: Element | null = element; box && box !== document.body; box = box.parentElement) {
        const { overflowX, clipPath } = getComputedStyle(box);
        if (clipPath !== 'none') break; // hidden from the eye alone
        if (overflowX === 'auto' || overflowX === 'scroll') break; // can be reached
        if (overflowX === 'visible' && !box.matches(boxed)) continue;
        const edge = box.getBoundingClientRect();
        const leaves =
          text.left < edge.left - slack ||
          text.right > edge.right + slack ||
          text.top < edge.top - slack ||
          text.bottom > edge.bottom + slack;
        if (leaves) faults.push(`${node.textContent!.trim().slice(0, 40)} in ${box.tagName} ${box.className}`);
        if (leaves) break;
      }
    }
    return faults;
  });

/** Links one of which lies upon another: a fingertip may hit either. */
export const nearLinks = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const links = [...document.querySelectorAll<HTMLElement>('main a[href]')].filter(
      (link) => link.checkVisibility({ visibilityProperty: true }) && !isAfloat(link),
    );
    const boxes = links.map((link) => ({ text: link.textContent!.trim(), box: link.getBoundingClientRect() }));
    return boxes.flatMap((one, index) =>
      boxes
        .slice(index + 1)
        .filter((other) => shared(one.box, other.box) > 2)
        .map((other) => `${one.text} / ${other.text}`),
    );

    function isAfloat(element: Element | null): boolean {
      if (!element) return false;
      return /sticky|fixed/.test(getComputedStyle(element).position) || isAfloat(element.parentElement);
    }

    function shared(a: DOMRect, b: DOMRect): number {
      const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      return Math.min(width, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
    }
  });

/** What can be pressed and is smaller than a fingertip. */
export const smallTargets = (page: Page, least = 44): Promise<string[]> =>
  page.evaluate((least) => {
    const all = document.querySelectorAll<HTMLElement>('a[href], button, input, select, summary, [role="option"]');
    return [...all].flatMap((element) => {
      const hidden = [element, ...ancestors(element)].some((one) => getComputedStyle(one).clipPath !== 'none');
      if (hidden || !element.checkVisibility({ visibilityProperty: true })) return [];
      const isTicked = element.matches('input[type="checkbox"], input[type="radio"]');
      const target = (isTicked && element.closest('label')) || element;
      const { width, height } = target.getBoundingClientRect();
      if (Math.min(width, height) > least - 0.5) return [];
      const name = element.getAttribute('aria-label') ?? (target.textContent!.trim() || element.id);
      return `${element.tagName} « ${name.slice(0, 40)} » ${Math.round(width)} × ${Math.round(height)}`;
    });

    function ancestors(element: Element): Element[] {
      const parent = element.parentElement;
      return parent ? [parent, ...ancestors(parent)] : [];
    }
  }, least);

/** Text whose colour is too near to what is behind it (WCAG 1.4.3), also on what cannot be pressed now. */
export const faint = (page: Page, least = 4.5): Promise<string[]> =>
  page.evaluate((least) => {
    type Colour = [number, number, number, number];
    const faults = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement!;
      const text = node.textContent!.trim();
      const isSeen = element.checkVisibility({ visibilityProperty: true });
      if (!text || !isSeen || clipped(element) || element.closest('option, title, style, script')) continue;
      judge(text, element, getComputedStyle(element).color);
    }
    for (const input of document.querySelectorAll<HTMLInputElement>('input, select')) {
      if (!input.checkVisibility()) continue;
      judge(`value of ${input.id}`, input, getComputedStyle(input).color);
      if (input.placeholder) judge(input.placeholder, input, getComputedStyle(input, '::placeholder').color);
    }
    return [...faults];

    function judge(text: string, element: Element, colour: string): void {
      const [ink] = coloursIn(colour);
      if (!ink) return;
      const ratios = behind(element).map((back) => contrast(over(ink, back), back));
      const ratio = Math.min(...ratios);
      if (ratio < least)
        faults.add(`${text.slice(0, 40)}: ${ratio.toFixed(2)} (${element.tagName} ${element.className})`);
    }

    function clipped(element: Element | null): boolean {
      return element !== null && (getComputedStyle(element).clipPath !== 'none' || clipped(element.parentElement));
    }

    /** Each colour that may be behind it: a pattern has several. */
    function behind(element: Element | null): Colour[] {
      if (!element) return [[255, 255, 255, 1]];
      const { backgroundColor, backgroundImage } = getComputedStyle(element);
      const own = [...coloursIn(backgroundColor), ...coloursIn(backgroundImage)];
      if (own[0]?.[3] === 1 && own.length === 1) return own;
      const below = behind(element.parentElement);
      return own.flatMap((colour) => below.map((under) => over(colour, under)));
    }

    function coloursIn(style: string): Colour[] {
      return [...style.matchAll(/rgba?\(([^)]+)\)/g)].map(([, parts]) => {
        const [red = 0, green = 0, blue = 0, alpha = 1] = parts!.split(/[ ,/]+/).map(Number);
        return [red, green, blue, alpha];
      });
    }

    function over([r, g, b, a]: Colour, [red, green, blue]: Colour): Colour {
      return [r * a + red * (1 - a), g * a + green * (1 - a), b * a + blue * (1 - a), 1];
    }

    function contrast(one: Colour, other: Colour): number {
      const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
      return (light + 0.05) / (dark + 0.05);
    }

    function luminance([red, green, blue]: Colour): number {
      const [r, g, b] = [red, green, blue].map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      }) as [number, number, number];
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    }
  }, least);

/** The spacing that a reader may set (WCAG 1.4.12). */
export const spaceOut = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
       p { margin-bottom: 2em !important }`,
    );
    document.adoptedStyleSheets = [sheet];
  });

/** As if every control were under the pointer, pressed; until it is released. */
export async function pressAll(page: Page): Promise<() => Promise<void>> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('DOM.enable');
  await devtools.send('CSS.enable');
  const { root } = await devtools.send('DOM.getDocument');
  const selector = 'a[href], button, input, select, summary';
  const { nodeIds } = await devtools.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector });
  for (const nodeId of nodeIds)
    await devtools.send('CSS.forcePseudoState', { nodeId, forcedPseudoClasses: ['hover', 'active'] });
  return () => devtools.detach();
}
