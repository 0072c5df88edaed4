/* gulp loads this file as CommonJS. */
/* global __dirname */
const { build } = require('esbuild');
const { dest, series, src } = require('gulp');
const { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const { extname, join, relative, sep } = require('node:path');

const manifest = require('./package.json');

const root = __dirname;
const dist = join(root, 'dist');

/** Runs inside n8n, which brings these; everything else that is imported has to be in the bundle. */
const BROUGHT_BY_N8N = [
	'n8n-workflow',
	'lodash',
	'lodash/*',
	'luxon',
	'zod',
	'crypto',
	'node:crypto',
];
/** The scanner refuses `globalThis`, by which iobuffer names the typed arrays that are there without it as well. */
const NAMED_THROUGH_GLOBAL = [
	'BigInt64Array',
	'BigUint64Array',
	'Float32Array',
	'Float64Array',
	'Int16Array',
	'Int32Array',
	'Int8Array',
	'Uint16Array',
	'Uint32Array',
	'Uint8Array',
	'Uint8ClampedArray',
];
const BUNDLED = ['fast-png', 'fast-xml-parser', 'libphonenumber-js', 'uqr'];

function filesBelow(folder, extension) {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && extname(entry.name) === extension)
		.map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** Icons stand beside their nodes. */
function icons() {
	return src('{nodes,credentials}/**/*.{svg,png}', { base: '.', encoding: false }).pipe(
		dest('dist'),
	);
}

/** Each node has a codex file, which puts it into a category of n8n's nodes panel and makes it findable. */
async function codex() {
	for (const node of manifest.n8n.nodes) {
		const file = join(root, `${node}on`);
		if (!existsSync(file)) {
			throw new Error(`${relative(root, file)} is missing: write it beside the .node.ts file`);
		}
		const { resources, node: type } = JSON.parse(readFileSync(file, 'utf8'));
		if (!resources)
			throw new Error(`${relative(root, file)}: n8n ignores a codex without resources`);
		if (!type?.startsWith(`${manifest.name}.`)) {
			throw new Error(`${relative(root, file)}: node must be ${manifest.name}.<name of the node>`);
		}
	}
}

/** Files of the project stay separate, as tsc compiled them: only what comes from node_modules goes into the bundle. */
const projectFilesStaySeparate = {
	name: 'project-files-stay-separate',
	setup({ onResolve }) {
		onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir }) =>
			resolveDir.includes(`${sep}node_modules`) ? undefined : { path, external: true },
		);
	},
};

/**
 * A verified node has no dependencies at run time. Each compiled file that imports a library is replaced by one with the
 * library inside, readable and made from the source, so that unused parts stay out.
 */
async function bundle() {
	const filesOfPackages = new Map();
	for (const compiled of filesBelow(join(dist, 'nodes'), '.js').filter(importsLibrary)) {
		const { metafile } = await build({
			entryPoints: [join(root, relative(dist, compiled)).replace(/\.js$/, '.ts')],
			outfile: compiled,
			allowOverwrite: true,
			bundle: true,
			metafile: true,
			platform: 'node',
			// The form that lets unused parts stay out, where a library brings it.
			mainFields: ['module', 'main'],
			format: 'cjs',
			target: 'es2022',
			// n8n's scanner refuses console in a package, wherever it comes from.
			drop: ['console'],
			define: Object.fromEntries(NAMED_THROUGH_GLOBAL.map((name) => [`globalThis.${name}`, name])),
			external: BROUGHT_BY_N8N,
			plugins: [projectFilesStaySeparate],
			legalComments: 'inline',
			logLevel: 'warning',
		});
		for (const name of packagesIn(metafile)) {
			filesOfPackages.set(name, [...(filesOfPackages.get(name) ?? []), compiled]);
		}
	}
	writeFileSync(join(dist, 'NOTICE'), notice(filesOfPackages));
}

function importsLibrary(file) {
	const code = readFileSync(file, 'utf8');
	return BUNDLED.some((library) => code.includes(`require("${library}`));
}

/** The packages from which something is in a bundle, those that the libraries themselves need included. */
function packagesIn({ outputs }) {
	const sources = Object.values(outputs).flatMap(({ inputs }) =>
		Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? path : [])),
	);
	const names = sources.map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]);
	return new Set(names.filter(Boolean));
}

function notice(filesOfPackages) {
	return [...filesOfPackages]
		.sort(([one], [other]) => one.localeCompare(other))
		.map(([name, files]) => noticeOf(name, files))
		.join('\n\n');
}

function noticeOf(name, files) {
	const folder = join(root, 'node_modules', name);
	const { version, homepage, repository } = JSON.parse(
		readFileSync(join(folder, 'package.json'), 'utf8'),
	);
	const licence = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
	if (!licence) throw new Error(`${name} goes into the package and brings no licence text`);
	const places = files.map((file) => relative(root, file).split(sep).join('/')).join(', ');
	return [
		`${manifest.name} contains ${name} ${version} in ${places}.`,
		homepage ?? repository?.url ?? '',
		'',
		readFileSync(join(folder, licence), 'utf8'),
	].join('\n');
}

/**
 * n8n-node build copies every picture of the checkout, and tsc leaves a second package.json, declarations that nobody
 * imports, maps to sources that are not in the package, and notes for its next run.
 */
async function tidy() {
	const wanted = new Set(['nodes', 'credentials', 'NOTICE']);
	for (const name of readdirSync(dist)) {
		if (!wanted.has(name)) rmSync(join(dist, name), { recursive: true });
	}
	for (const file of [...filesBelow(dist, '.map'), ...filesBelow(dist, '.ts')]) rmSync(file);
	for (const file of filesBelow(dist, '.js')) {
		const text = readFileSync(file, 'utf8');
		writeFileSync(file, text.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n'));
	}
}

exports.icons = icons;
exports.codex = codex;
exports.bundle = bundle;
exports.tidy = tidy;
exports.default = series(icons, codex, bundle, tidy);
