import type { Locator, Page } from 'playwright-core';
import { settled } from '../support/watched-page.ts';

/** /runs/3: one run, live or over. */
export class RunPage {
  readonly page: Page;
  readonly header: Locator;
  readonly guide: Locator;
  /** Why the run is not simply going on: stopped, diverged, interrupted … */
  readonly banner: Locator;

  constructor(page: Page) {
    this.page = page;
    this.header = page.locator('.run-header');
    this.guide = page.getByRole('region', { name: 'Guide' });
    this.banner = page.locator('.banner');
  }

  async open(origin: string, id: number): Promise<void> {
    await this.page.goto(`${origin}/runs/${id}`);
    await settled(this.page);
  }

  id(): number {
    return Number(/\/runs\/(\d+)/.exec(this.page.url())?.[1]);
  }

  /** Waits until the run has a status. */
  async isNow(status: string, timeout = 120_000): Promise<void> {
    await this.header.locator('.pill', { hasText: status }).waitFor({ timeout });
  }

  /** Last finished iteration, as shown. */
  async iteration(): Promise<number> {
    const text = await this.header.getByText(/of [\d,]+ iterations/).textContent();
    return Number(/^([\d,]+) of/.exec(text ?? '')?.[1]?.replaceAll(',', ''));
  }

  /** Waits until the run has come further than an iteration. */
  async isPast(iteration: number, timeout = 120_000): Promise<void> {
    await this.page.waitForFunction((past) => Number(/([\d,]+) of [\d,]+ iterations/.exec(document.querySelector('.run-header')?.textContent ?? '')?.[1]?.replaceAll(',', '')) > past, iteration, { timeout });
  }

  button(name: string | RegExp): Locator {
    return this.header.getByRole('button', { name });
  }

  chart(title: RegExp): Locator {
    return this.page.locator('figure', { has: this.page.getByRole('heading', { name: title }) });
  }
}
