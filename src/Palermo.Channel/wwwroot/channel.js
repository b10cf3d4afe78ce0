// The channel works without this. Where it runs: "leave this page" by Shift three times, and what is written is sealed on this device.
'use strict';
const exit = document.querySelector('[data-exit]');
let shifts = 0;
let last = 0;
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Shift') { shifts = 0; return; }
  shifts = event.timeStamp - last < 5000 ? shifts + 1 : 1;
  last = event.timeStamp;
  if (shifts === 3) leave(event);
});
exit.addEventListener('click', leave);
function leave(event) {
  event.preventDefault();
  // Blank first: leaving can take a moment.
  document.body.hidden = true;
  document.title = ' ';
  window.location.replace(exit.href);
}

const text = new TextEncoder();
const base64 = (bytes) => {
  let binary = '';
  for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode.apply(null, bytes.subarray(i, i + 0x8000));
  return btoa(binary);
};
const bytesOf = (base) => Uint8Array.from(atob(base), (c) => c.charCodeAt(0));
const versioned = (version, box) => { const out = new Uint8Array(box.length + 1); out[0] = version; out.set(box, 1); return out; };

// As the server pads: at least 1 KB, then Padmé, ISO/IEC 7816-4.
function padded(content) {
  const length = content.length + 1;
  let size = length;
  if (length >= 2) {
    const e = Math.floor(Math.log2(length));
    const zeros = e - (Math.floor(Math.log2(e || 1)) + 1);
    const unit = 2 ** Math.max(0, zeros);
    size = Math.ceil(length / unit) * unit;
  }
  const out = new Uint8Array(Math.max(1024, size));
  out.set(content);
  out[content.length] = 0x80;
  return out;
}
const sealContent = (content, key) => versioned(1, window.sealedBox.seal(padded(content), key));
const sealKey = (secret, key) => versioned(2, window.sealedBox.seal(secret, key));

async function sealFiles(form, key) {
  const files = [];
  for (const input of form.querySelectorAll('input[type=file]')) {
    for (const file of input.files) {
      files.push({ name: base64(sealContent(text.encode(file.name), key)), content: base64(sealContent(new Uint8Array(await file.arrayBuffer()), key)) });
    }
  }
  return files;
}

// Sends only what is sealed: fields with words stay here.
function send(form, sealed, ticket) {
  for (const field of form.querySelectorAll('[data-words], input[type=file]')) field.disabled = true;
  form.elements.sealed.value = JSON.stringify(sealed);
  if (ticket) form.elements.ticket.value = ticket;
  form.submit();
}

async function report(form) {
  const answers = {};
  for (const field of form.querySelectorAll('[data-words]')) {
    if (field.type === 'radio' && !field.checked) continue;
    if (field.name !== 'identity' && field.value.trim()) answers[field.name] = field.value.trim();
  }
  const files = form.querySelector('input[type=file]').files.length;
  if (Object.keys(answers).length === 0 && files === 0) { form.submit(); return; }
  const asked = await fetch(form.dataset.start, { method: 'POST', body: new URLSearchParams({ code: form.elements.code.value }), referrerPolicy: 'no-referrer' });
  if (!asked.ok) throw new Error(String(asked.status));
  const start = await asked.json();
  const keys = window.nacl.box.keyPair();
  const sealed = {
    publicKey: base64(keys.publicKey),
    copies: start.readers.map((r) => ({ holder: r.holder, id: r.id, box: base64(sealKey(keys.secretKey, bytesOf(r.key))) })),
    reporterCopy: base64(sealKey(keys.secretKey, bytesOf(start.reporterKey))),
    content: base64(sealContent(text.encode(JSON.stringify(answers)), keys.publicKey)),
    files: await sealFiles(form, keys.publicKey),
  };
  const identity = form.elements.identity ? form.elements.identity.value.trim() : '';
  const handlers = start.readers.filter((r) => r.holder === 'handler');
  if (identity && handlers.length > 1) {
    const own = window.nacl.box.keyPair();
    const layers = [];
    for (const agrees of handlers) {
      for (const asks of handlers) {
        if (agrees.id !== asks.id) layers.push({ agrees: agrees.id, asks: asks.id, box: base64(sealKey(sealKey(own.secretKey, bytesOf(asks.key)), bytesOf(agrees.key))) });
      }
    }
    sealed.identity = { box: base64(sealContent(text.encode(identity), own.publicKey)), layers };
  } else if (identity) {
    // Too few may read it: the name stays here, and the next page says so.
    form.elements.unsaid.value = '1';
  }
  keys.secretKey.fill(0);
  send(form, sealed, start.ticket);
}

async function message(form) {
  const words = form.querySelector('textarea').value.trim();
  const key = bytesOf(form.dataset.key);
  send(form, { content: words ? base64(sealContent(text.encode(words), key)) : null, files: await sealFiles(form, key) });
}

if (window.nacl && window.sealedBox && window.fetch) {
  for (const form of document.querySelectorAll('form[data-seal]')) {
    for (const note of form.querySelectorAll('[data-sealed-note]')) note.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const button = form.querySelector('button[type=submit]');
      button.disabled = true;
      (form.dataset.seal === 'report' ? report(form) : message(form)).catch(() => {
        button.disabled = false;
        form.querySelector('[data-failed]').hidden = false;
      });
    });
  }
}
