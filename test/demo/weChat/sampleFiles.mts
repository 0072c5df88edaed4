import { encode } from 'fast-png';

export interface SampleFile {
	name: string;
	bytes: Buffer;
}

const WIDTH = 360;
const HEIGHT = 240;

interface Area {
	x: number;
	y: number;
	width: number;
	height: number;
	colour: [number, number, number];
}

/** A parcel on a table, with tape around it and a label. */
const parcel: Area[] = [
	{ x: 0, y: 0, width: WIDTH, height: HEIGHT, colour: [222, 232, 238] },
	{ x: 0, y: 190, width: WIDTH, height: 50, colour: [151, 128, 108] },
	{ x: 70, y: 60, width: 220, height: 146, colour: [196, 154, 108] },
	{ x: 70, y: 60, width: 220, height: 30, colour: [178, 136, 92] },
	{ x: 166, y: 60, width: 28, height: 146, colour: [226, 205, 170] },
	{ x: 206, y: 128, width: 72, height: 56, colour: [250, 250, 250] },
	...[138, 148, 158].map(
		(y): Area => ({ x: 214, y, width: 56, height: 4, colour: [120, 120, 120] }),
	),
	...[214, 220, 228, 233, 241, 250, 256, 264].map(
		(x): Area => ({ x, y: 166, width: 3, height: 12, colour: [40, 40, 40] }),
	),
];

/** What the customer sends. */
export function pictureOfParcel(): SampleFile {
	const data = new Uint8Array(WIDTH * HEIGHT * 3);
	for (const { x, y, width, height, colour } of parcel) {
		for (let row = y; row < y + height; row++) {
			for (let column = x; column < x + width; column++) {
				data.set(colour, (row * WIDTH + column) * 3);
			}
		}
	}
	const bytes = encode({ width: WIDTH, height: HEIGHT, data, channels: 3, depth: 8 });
	return { name: 'parcel.png', bytes: Buffer.from(bytes) };
}

/** What the agent sends: a PDF of one page. */
export function deliverySlip(): SampleFile {
	const text = 'BT /F1 18 Tf 60 180 Td (Delivery slip 4711: on its way) Tj ET';
	const objects = [
		'<< /Type /Catalog /Pages 2 0 R >>',
		'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
		'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 240] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
		`<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
		'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
	];
	let pdf = '%PDF-1.4\n';
	const places = objects.map((object, index) => {
		const place = pdf.length;
		pdf += `${index + 1} 0 obj\n${object}\nendobj\n`;
		return `${String(place).padStart(10, '0')} 00000 n \n`;
	});
	const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
	pdf += `${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${pdf.length}\n%%EOF\n`;
	return { name: '运单 4711.pdf', bytes: Buffer.from(pdf, 'latin1') };
}
