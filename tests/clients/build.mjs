// Puts RasaHQ's client, as npm has it, together with its libraries into one file that a page can load.
import { build } from 'esbuild';

const missing = /^(@rasahq\/rasa-ui|@fortawesome\/pro-.*)$/;
const standIns = {
  name: 'stand-ins',
  setup(bundle) {
    bundle.onResolve({ filter: missing }, () => ({ path: new URL('kit.js', import.meta.url).pathname }));
  },
};

await build({
  entryPoints: ['node_modules/@rasahq/rasa-webchat/dist/widget.js'],
  outfile: 'dist/rasahq-webchat.js',
  bundle: true,
  define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
  logLevel: 'warning',
  plugins: [standIns],
});
