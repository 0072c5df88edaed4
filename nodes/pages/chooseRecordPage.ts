import { webAddress } from './addresses';
import { html, type Html } from './html';
import type { Language } from './language';
import { pageOf, type Page } from './page';
import { shownNumber } from './shownNumber';
import { wordsOf } from './words/wordsOf';

/** One of the records that may be the caller. Texts that nobody knows are null. */
export interface FoundRecord {
	name: string | null;
	company: string | null;
	/** API name, such as `Contacts`; names that are not known here are shown as they are. */
	module: string | null;
	phone: string | null;
	owner: string | null;
	/** Where the record opens in the browser; without it the record is shown and leads nowhere. */
	url: string | null;
}

export interface ChooseRecord {
	language: Language;
	/** The number that called. */
	number: string;
	/** In which numbers without country code are dialled; null if nobody knows. */
	country: string | null;
	records: FoundRecord[];
}

/** Several records have the number of the caller: a list, each entry a link to its record. */
export function chooseRecordPage({ language, number, country, records }: ChooseRecord): Page {
	const words = wordsOf(language).choose;
	return pageOf({
		language,
		title: words.title,
		body: html`<h1>${words.title}</h1>
			<p class="number"><bdi>${shownNumber(number, country)}</bdi></p>
			<p class="soft">${words.explanation(records.length)}</p>
			<ul class="list">
				${records.map((record) => entry(record, language, country))}
			</ul>`,
	});
}

function entry(record: FoundRecord, language: Language, country: string | null): Html {
	const words = wordsOf(language);
	const name = record.name || words.noName;
	const address = webAddress(record.url);
	const module = record.module && (words.modules[record.module] ?? record.module);
	const facts = [
		record.company,
		record.phone && shownNumber(record.phone, country),
		record.owner && `${words.choose.owner}${words.colon}${record.owner}`,
	].filter(Boolean);
	return html`<li class="choice">
		<p class="row">
			${address === null
				? html`<strong><bdi>${name}</bdi></strong>`
				: html`<a href="${address}" target="_top"><bdi>${name}</bdi></a>`}
			${module && html`<span class="tag">${module}</span>`}
		</p>
		<p class="facts soft small">${facts.map((fact) => html`<bdi>${fact}</bdi>`)}</p>
	</li> `;
}
