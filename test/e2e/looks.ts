import type { Page } from 'playwright-core';
import type { Text } from '../../renderer/i18n/dictionary.ts';
import { en } from '../../renderer/i18n/en.ts';
import { th } from '../../renderer/i18n/th.ts';
import type { Language } from '../../renderer/i18n/translate.ts';
import { zhHant } from '../../renderer/i18n/zh-hant.ts';

/** What makes the page, or a part of it, scroll sideways, and controls that a part of the page cuts off. */
export async function stickingOut(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const all = [...document.querySelectorAll('body *')];
    const name = (element: Element) =>
      `${element.tagName} "${element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40)}"`;
    const clips = (element: Element) => getComputedStyle(element).overflowX !== 'visible';
    /** Nothing further out can cut it off. */
    const isFree = (element: Element) =>
      element === document.body || element.tagName === 'DIALOG' || getComputedStyle(element).position === 'fixed';
    const around = (element: Element) => {
      const up: Element[] = [];
      for (let next = element.parentElement; next !== null && !isFree(next); next = next.parentElement) up.push(next);
      return up;
    };
    const { scrollWidth, clientWidth } = document.documentElement;
    const whole = scrollWidth > clientWidth ? [`the page scrolls to ${scrollWidth}`] : [];
    // A line of code may be longer than the page is wide: it scrolls in a place of its own.
    const scrolls = all
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.tagName !== 'PRE')
      .filter((element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX))
      .map((element) => `${element.className} scrolls to ${element.scrollWidth} in ${element.clientWidth}`);
    const wide = all
      .filter(
        (element) => element.getBoundingClientRect().right > window.innerWidth + 1 && !around(element).some(clips),
      )
      .map(name);
    const controls = [...document.querySelectorAll('button, a[href], input, select, textarea')].flatMap((control) => {
      const { left, right, width } = control.getBoundingClientRect();
      if (width < 2) return [];
      const cut = around(control).some((place) => {
        if (!clips(place)) return false;
        const box = place.getBoundingClientRect();
        const ellipsis = getComputedStyle(place).textOverflow === 'ellipsis';
        return !ellipsis && (right > box.right + 1 || left < box.left - 1);
      });
      return cut ? [`${name(control)} is cut off`] : [];
    });
    return [...whole, ...scrolls, ...wide, ...controls];
  });
}

/** Controls, headings and cells whose text does not fit into them. */
export async function cutOff(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const whole =
      'button, button *, [role="tab"], label, legend, th, td, h1, h2, h3, dt, dd, summary, nav a, [data-tone]';
    const meant = (element: Element) => getComputedStyle(element).textOverflow === 'ellipsis';
    const name = (element: Element) =>
      `${element.tagName} "${element.textContent.trim().slice(0, 60)}" ${element.scrollWidth} in ${element.clientWidth}`;
    const texts = [...document.querySelectorAll(whole)]
      .filter(({ clientWidth, scrollWidth }) => clientWidth > 2 && scrollWidth > clientWidth + 1)
      .filter((element) => !meant(element))
      .map(name);
    const pen = document.createElement('canvas').getContext('2d');
    const choices = [...document.querySelectorAll('select')].flatMap((select) => {
      const style = getComputedStyle(select);
      const text = select.selectedOptions[0]?.text ?? '';
      if (pen === null || select.clientWidth === 0) return [];
      pen.font = style.font;
      const room = select.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
      const needed = pen.measureText(text).width;
      return needed > room + 1 ? [`SELECT "${text}" ${Math.ceil(needed)} in ${Math.floor(room)}`] : [];
    });
    return [...texts, ...choices];
  });
}

/** Elements that came into the page from a text or a name that has markup in it. */
export async function injected(page: Page): Promise<string[]> {
  const title = await page.title();
  const found = await page.locator('img[src="x"]').count();
  return [
    ...(title === 'SEPSMS Box' ? [] : [`the title is ${title}`]),
    ...(found === 0 ? [] : [`${found} images came from a text`]),
  ];
}

interface Words {
  /** Texts of nodes and of what assistive technology reads. */
  readonly texts: readonly string[];
  readonly times: readonly string[];
  readonly lang: string;
}

async function wordsOf(page: Page): Promise<Words> {
  return await page.evaluate(() => {
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const inside =
        node.parentElement?.closest('pre, code, option, script, style, textarea, [translate="no"]') ?? null;
      const text = node.textContent?.trim() ?? '';
      if (inside === null && text !== '') texts.push(text);
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
      for (const attribute of ['aria-label', 'placeholder', 'title']) {
        const text = element.getAttribute(attribute);
        if (text !== null && text !== '') texts.push(text);
      }
    }
    const times = [...document.querySelectorAll('time')].map(({ textContent }) => textContent);
    return { texts, times, lang: document.documentElement.lang };
  });
}

const dictionaries: Readonly<Record<Language, Readonly<Record<string, Text>>>> = { en, th, 'zh-Hant': zhHant };
/** What the demonstration box is furnished with, whatever the reader's language. */
const names: readonly string[] = ['Simulated modem', 'Code'];
const keyForm = /^[a-zA-Z][\w-]*(?:\.[\w-]+)+$/u;

/** What a page does not say in its reader's language: keys in place of texts, English, foreign dates. */
export async function unspoken(page: Page, language: Language): Promise<string[]> {
  const { texts, times, lang } = await wordsOf(page);
  const foreign = englishOnly(language);
  return [
    ...(lang === language ? [] : [`lang is ${lang}`]),
    ...texts.filter((text) => keyForm.test(text) && Object.hasOwn(en, text)).map((text) => `key ${text}`),
    ...texts.filter((text) => foreign.has(text)).map((text) => `English ${text}`),
    ...(language === 'en' ? [] : times.filter((text) => /[a-z]{2}/iu.test(text)).map((text) => `time ${text}`)),
  ];
}

/** English texts of the pages that the other language says in its own way. */
function englishOnly(language: Language): ReadonlySet<string> {
  const own = dictionaries[language];
  const all: readonly [string, Text][] = Object.entries<Text>(en);
  return new Set(
    all
      .flatMap(([key, text]) => (typeof text === 'string' && own[key] !== text && text.length > 2 ? [text] : []))
      .filter((text) => !names.includes(text)),
  );
}
