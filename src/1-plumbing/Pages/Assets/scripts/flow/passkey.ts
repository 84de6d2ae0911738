/** Forms with data-passkey: their press runs a ceremony of the browser and sends its outcome (WebAuthn level 3, section 5.1). */
export function passkeys(): void {
  if (!window.PublicKeyCredential)
    return;
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]'))
    prepare(form);
}

function prepare(form: HTMLFormElement): void {
  const field = form.elements.namedItem(form.dataset.field!) as HTMLInputElement;
  let waiting: AbortController | undefined;
  form.addEventListener('submit', event => {
    // Filled in, it may go.
    if (field.value)
      return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void ask('optional');
  }, true);
  if (form.dataset.conditional)
    void offer();
  else if (form.dataset.atOnce)
    void ask('optional', true);

  /** Passkeys among the suggestions of the field for the username. */
  async function offer(): Promise<void> {
    if (await PublicKeyCredential.isConditionalMediationAvailable?.())
      await ask('conditional', true);
  }

  async function ask(mediation: CredentialMediationRequirement, quiet = false): Promise<void> {
    waiting?.abort();
    waiting = new AbortController();
    try {
      const options = JSON.parse(form.dataset.options!);
      const credential = form.dataset.passkey === 'create'
        ? await navigator.credentials.create({ publicKey: creation(options), signal: waiting.signal })
        : await navigator.credentials.get({ publicKey: request(options), mediation, signal: waiting.signal });
      field.value = JSON.stringify(answer(credential as PublicKeyCredential));
      form.requestSubmit();
    } catch (error) {
      if (!quiet && !(error instanceof DOMException && error.name === 'AbortError'))
        form.querySelector('.flow-passkey-trouble')?.removeAttribute('hidden');
    }
  }
}

function creation(options: any): PublicKeyCredentialCreationOptions {
  return { ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) }, excludeCredentials: credentials(options.excludeCredentials) };
}

function request(options: any): PublicKeyCredentialRequestOptions {
  return { ...options, challenge: bytes(options.challenge), allowCredentials: credentials(options.allowCredentials) };
}

function credentials(list: any[]): PublicKeyCredentialDescriptor[] {
  return list.map(c => ({ type: c.type, id: bytes(c.id), ...(c.transports?.length ? { transports: c.transports } : {}) }));
}

function answer(credential: PublicKeyCredential): object {
  const response = credential.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  const parts: Record<string, unknown> = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ['attestationObject', 'authenticatorData', 'signature', 'userHandle'] as const) {
    const value = response[name];
    if (value instanceof ArrayBuffer)
      parts[name] = text(value);
  }
  if (response.getTransports)
    parts.transports = response.getTransports();
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response: parts };
}

function bytes(base64url: string): ArrayBuffer {
  const binary = atob(base64url.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(binary, c => c.charCodeAt(0)).buffer;
}

function text(buffer: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
