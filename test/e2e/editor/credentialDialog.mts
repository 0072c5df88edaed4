import type { Locator, Page } from 'playwright-core';

const part = (testId: string) => `[data-test-id="${testId}"]`;

/** Begins a new credential, as Create credential does, and answers its dialog. */
export async function newCredential(
	page: Page,
	n8nUrl: string,
	typeName: string,
): Promise<Locator> {
	await page.goto(`${n8nUrl}/home/credentials`);
	await page.locator(part('add-resource-credential')).click();
	await page.locator(`${part('new-credential-type-select')} input`).fill(typeName);
	await page
		.locator(part('new-credential-type-select-option'))
		.filter({ hasText: typeName })
		.click();
	await page.locator(part('new-credential-type-button')).click();
	return await openDialog(page);
}

/** Opens a saved credential from the list. */
export async function openCredential(page: Page, n8nUrl: string, name: string): Promise<Locator> {
	await page.goto(`${n8nUrl}/home/credentials`);
	await page.locator(part('resources-list-item')).filter({ hasText: name }).click();
	return await openDialog(page);
}

async function openDialog(page: Page): Promise<Locator> {
	const dialog = page.locator(part('editCredential-modal'));
	await dialog.locator('[data-test-id^="parameter-input-"]').first().waitFor();
	return dialog;
}

/** n8n shows the fields that a credential inherits a moment after its own. */
export async function waitForField(dialog: Locator, name: string): Promise<void> {
	await dialog.locator(part(`parameter-input-${name}`)).waitFor();
}

/** Parameter names of the fields that are shown, from top to bottom. */
export async function shownFields(dialog: Locator): Promise<string[]> {
	const prefix = 'parameter-input-';
	const ids = await dialog
		.locator(`[data-test-id^="${prefix}"]`)
		.evaluateAll((fields) => fields.map((field) => field.getAttribute('data-test-id') ?? ''));
	return ids.map((id) => id.slice(prefix.length)).filter((name) => name !== 'field');
}

export async function fillField(dialog: Locator, name: string, value: string): Promise<void> {
	await dialog.locator(`${part(`parameter-input-${name}`)} input`).fill(value);
}

/** Opens a drop-down and picks a choice by its text. */
export async function chooseInField(dialog: Locator, name: string, choice: string): Promise<void> {
	await dialog.locator(part(`parameter-input-${name}`)).click();
	await dialog
		.page()
		.locator('.el-select-dropdown__item:visible')
		.filter({ hasText: choice })
		.click();
}

export interface ShownTest {
	isOk: boolean;
	/** Everything that the banner says, details unfolded. */
	text: string;
}

/** Saves, which makes n8n test the credential, and answers what the dialog says about it. */
export async function saveAndTest(dialog: Locator): Promise<ShownTest> {
	const tested = dialog
		.page()
		.waitForResponse((response) => response.url().endsWith('/rest/credentials/test'));
	await dialog.locator(part('credential-save-button')).click();
	const { data } = (await (await tested).json()) as { data: { status: string } };
	const isOk = data.status === 'OK';
	const banner = dialog.locator(
		isOk ? part('credentials-config-container-test-success') : '.el-tag--danger:visible',
	);
	await banner.waitFor();
	if (!isOk) await banner.getByText('More details').click();
	return { isOk, text: await banner.innerText() };
}
