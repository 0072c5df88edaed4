/**
 * Sends the form of a page that is ready to call, once, as soon as a person sees the page: not while a browser fetches
 * or renders it ahead (`document.prerendering`, Prerender2 in Chrome), not in a tab in the background, and not when the
 * page was loaded again or come back to, for then the person has to press the button. A page that the browser has kept
 * and shows again lets the button be pressed once more.
 */
export const dialingScript = `
(function () {
	'use strict';
	var form = document.forms[0];
	var button = form.querySelector('button');
	var label = button.textContent;
	var isSent = false;
	function markSent() {
		isSent = true;
		button.disabled = true;
		button.textContent = button.getAttribute('data-calling');
	}
	form.addEventListener('submit', function (event) {
		if (isSent) event.preventDefault();
		else markSent();
	});
	window.addEventListener('pageshow', function (event) {
		if (!event.persisted) return;
		isSent = false;
		hasBegun = true;
		button.disabled = false;
		button.textContent = label;
	});
	var entry = performance.getEntriesByType('navigation')[0];
	var hasBegun = Boolean(entry) && (entry.type === 'reload' || entry.type === 'back_forward');
	function begin() {
		if (hasBegun || isSent || document.prerendering || document.visibilityState !== 'visible') return;
		hasBegun = true;
		markSent();
		form.submit();
	}
	document.addEventListener('visibilitychange', begin);
	document.addEventListener('prerenderingchange', begin);
	begin();
})();
`;
