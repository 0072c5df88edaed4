/**
 * Runs in the browser: the texts of a page whose contrast with what is behind them is below a ratio, as WCAG 2.2
 * computes it (Success Criterion 1.4.3). Buttons that are switched off are not concerned.
 */
export function contrastsBelow(least: number): string[] {
	const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
	const luminance = (color: string) => {
		const [red, green, blue] = channels(color).map((value) => {
			const share = value / 255;
			return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
		});
		return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
	};
	const groundOf = (element: Element): string => {
		const color = getComputedStyle(element).backgroundColor;
		const isClear = color === 'transparent' || channels(color)[3] === 0;
		if (!isClear) return color;
		return element.parentElement ? groundOf(element.parentElement) : 'rgb(255, 255, 255)';
	};
	const hasText = (element: Element) =>
		[...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
	return [...document.querySelectorAll('main, main *')]
		.filter((element) => hasText(element) && !element.matches('[disabled], .hidden'))
		.map((element) => {
			const lights = [luminance(getComputedStyle(element).color), luminance(groundOf(element))];
			const ratio = (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
			return { text: element.textContent?.trim().slice(0, 40), ratio };
		})
		.filter(({ ratio }) => !(ratio >= least))
		.map(({ text, ratio }) => `${text}: ${ratio.toFixed(2)}`);
}
