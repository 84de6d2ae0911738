/** Where the tabs are wider than the window, the one that is open is brought into sight. */
export function showCurrentTab(): void {
  for (const event of ['turbo:load', 'turbo:render'])
    document.addEventListener(event, () => {
      const tab = document.querySelector<HTMLElement>('.tabs [aria-current]');
      const tabs = tab?.closest<HTMLElement>('.tabs');
      if (tab && tabs)
        tabs.scrollLeft = tab.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - tab.offsetWidth) / 2;
    });
}
