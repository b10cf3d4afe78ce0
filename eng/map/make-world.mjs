// Makes data/map/world.csv: one SVG path per country, already projected, so that
// the report draws its map without a script, a tile server or a network.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { geoNaturalEarth1, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import countries from 'i18n-iso-countries';

const require = createRequire(import.meta.url);
const atlas = require('world-atlas/countries-110m.json');
const projection = geoNaturalEarth1().fitExtent([[4, 4], [956, 466]], { type: 'Sphere' });
const path = geoPath(projection).digits(1);
const quote = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const rows = feature(atlas, atlas.objects.countries).features
  .filter((country) => country.properties.name !== 'Antarctica') // nobody buys there
  .map((country) => [
    (country.id && countries.numericToAlpha2(country.id)) || `N-${country.properties.name.replace(/[^A-Za-z]/g, '')}`,
    country.properties.name,
    path(country),
    'natural-earth-110m',
    'source',
  ])
  .sort((a, b) => (a[0] < b[0] ? -1 : 1));

fs.writeFileSync(process.argv[2], `id,name,path,source,checked\n${rows.map((row) => row.map(quote).join(',')).join('\n')}\n`);
