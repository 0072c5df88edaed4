// Started in a Node of its own by unpackedPackage.mts, so that nothing of the project's node_modules is within reach.
// Prints what the package declares, as n8n's loader finds it, as JSON.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

const [folder] = process.argv.slice(2);
const require = createRequire(join(folder, 'package.json'));
const { n8n } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

function instanceFrom(file) {
	const [className] = basename(file).split('.');
	const exported = require(`./${file}`);
	if (typeof exported[className] !== 'function') {
		throw new Error(
			`${file} exports ${Object.keys(exported).join(', ')} and no class ${className}`,
		);
	}
	return new exported[className]();
}

const result = {
	nodes: n8n.nodes.map((file) => {
		const node = instanceFrom(file);
		const methods = Object.fromEntries(
			Object.entries(node.methods ?? {}).map(([kind, group]) => [kind, Object.keys(group)]),
		);
		const entryPoints = ['execute', 'trigger', 'poll', 'webhook'].filter((name) => name in node);
		return { file, description: node.description, methods, entryPoints };
	}),
	credentials: n8n.credentials.map((file) => ({ file, ...instanceFrom(file) })),
};
process.stdout.write(JSON.stringify(result));
