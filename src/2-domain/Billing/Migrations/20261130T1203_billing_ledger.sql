ALTER TABLE billing_order ADD prices text[] NOT NULL DEFAULT '{}';
ALTER TABLE billing_subscription ADD reminders integer NOT NULL DEFAULT 0;

-- What providers told, once under each of their ids.
CREATE TABLE billing_event (
    provider text NOT NULL,
    id text NOT NULL,
    type text NOT NULL,
    subject_kind text NOT NULL,
    subject_id text NOT NULL,
    payload jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    processed_at timestamptz,
    PRIMARY KEY (provider, id)
);
CREATE INDEX billing_event_received ON billing_event (received_at);

-- Until when each provider was asked what has changed.
CREATE TABLE billing_reconciled (
    provider text PRIMARY KEY,
    watermark timestamptz NOT NULL
);

-- The books of providers that live here: sandbox and bank transfer.
CREATE TABLE billing_ledger (
    id text PRIMARY KEY,
    provider text NOT NULL,
    organization_id uuid NOT NULL,
    order_id uuid NOT NULL UNIQUE REFERENCES billing_order,
    plan_name text NOT NULL,
    term_months integer NOT NULL,
    currency text NOT NULL,
    internal_unit_minor bigint,
    external_unit_minor bigint,
    internal_users integer NOT NULL,
    external_users integer NOT NULL,
    status text NOT NULL,
    period_start timestamptz NOT NULL,
    period_end timestamptz NOT NULL,
    paid_until timestamptz,
    cancel_at_period_end boolean NOT NULL,
    refunded boolean NOT NULL,
    failure text NOT NULL,
    changed_at timestamptz NOT NULL
);
CREATE INDEX billing_ledger_period ON billing_ledger (period_end);
CREATE INDEX billing_ledger_changed ON billing_ledger (provider, changed_at);

CREATE TABLE billing_invoice (
    id uuid PRIMARY KEY,
    number text NOT NULL UNIQUE,
    credits uuid UNIQUE REFERENCES billing_invoice,
    provider text NOT NULL,
    organization_id uuid NOT NULL,
    order_id uuid NOT NULL REFERENCES billing_order,
    reason text NOT NULL,
    status text NOT NULL,
    currency text NOT NULL,
    total_minor bigint NOT NULL,
    document jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    paid_at timestamptz,
    refunded_at timestamptz,
    period_start timestamptz NOT NULL,
    period_end timestamptz NOT NULL,
    internal_users integer NOT NULL,
    external_users integer NOT NULL,
    attempts integer NOT NULL,
    next_attempt_at timestamptz
);
CREATE INDEX billing_invoice_organization ON billing_invoice (organization_id, created_at);
CREATE INDEX billing_invoice_open ON billing_invoice (provider, created_at) WHERE status = 'open';

-- Last number of each series of invoices.
CREATE TABLE billing_series (
    name text PRIMARY KEY,
    last bigint NOT NULL
);

CREATE TABLE billing_checkout (
    id text PRIMARY KEY,
    provider text NOT NULL,
    organization_id uuid NOT NULL,
    order_id uuid UNIQUE REFERENCES billing_order,
    success text NOT NULL,
    cancel text NOT NULL,
    expires_at timestamptz NOT NULL,
    is_done boolean NOT NULL,
    confirming text NOT NULL,
    internal_users integer NOT NULL,
    external_users integer NOT NULL
);

CREATE TABLE billing_card (
    id text PRIMARY KEY,
    organization_id uuid NOT NULL,
    brand text NOT NULL,
    last4 text NOT NULL,
    expiry_month integer NOT NULL,
    expiry_year integer NOT NULL,
    is_default boolean NOT NULL,
    behavior text NOT NULL
);
CREATE INDEX billing_card_organization ON billing_card (organization_id);

-- What is there on the first day; the vendor edits all of it.
INSERT INTO billing_plan (id, code, name, description, features, term_months, minimum_internal, minimum_external, self_serve, archived, position) VALUES
    ('0193a000-0000-7000-8000-000000000001', 'enterprise', 'Enterprise', 'For organizations that run Postern themselves.', '{"All enterprise features","Priced by user","Renewed each year"}', 12, 1, 0, true, false, 1),
    ('0193a000-0000-7000-8000-000000000002', 'enterprise-plus', 'Enterprise Plus', 'With service levels, invoice billing and volume discounts.', '{"Everything in Enterprise","Guaranteed response times","Volume discounts"}', 12, 1, 0, false, false, 2);
INSERT INTO billing_price (id, plan_id, seat, currency, unit_minor, stripe_price) VALUES
    ('0193a000-0000-7000-8000-000000000011', '0193a000-0000-7000-8000-000000000001', 'internal', 'USD', 6000, ''),
    ('0193a000-0000-7000-8000-000000000012', '0193a000-0000-7000-8000-000000000001', 'external', 'USD', 24, ''),
    ('0193a000-0000-7000-8000-000000000013', '0193a000-0000-7000-8000-000000000001', 'internal', 'EUR', 5600, ''),
    ('0193a000-0000-7000-8000-000000000014', '0193a000-0000-7000-8000-000000000001', 'external', 'EUR', 22, '');
INSERT INTO billing_seller (id, name, address, country, tax_id, bank_details, invoice_prefix, payment_days, reverse_charge_text, export_text, footer) VALUES
    ('0193a000-0000-7000-8000-000000000021', 'Postern vendor', 'Enter the address under Seller', 'DE', '', 'Enter the bank account under Seller', 'INV-', 30,
     'Reverse charge: the customer owes the value added tax (article 196 of Directive 2006/112/EC).', 'Not subject to value added tax in the country of the seller.', '');

INSERT INTO billing_tax_rate (id, country, name, basis_points, in_union)
SELECT gen_random_uuid(), country, name, basis_points, in_union FROM (VALUES
    ('AT', 'VAT', 2000, true), ('BE', 'VAT', 2100, true), ('BG', 'VAT', 2000, true), ('CY', 'VAT', 1900, true), ('CZ', 'VAT', 2100, true), ('DE', 'VAT', 1900, true),
    ('DK', 'VAT', 2500, true), ('EE', 'VAT', 2400, true), ('ES', 'VAT', 2100, true), ('FI', 'VAT', 2550, true), ('FR', 'VAT', 2000, true), ('GR', 'VAT', 2400, true),
    ('HR', 'VAT', 2500, true), ('HU', 'VAT', 2700, true), ('IE', 'VAT', 2300, true), ('IT', 'VAT', 2200, true), ('LT', 'VAT', 2100, true), ('LU', 'VAT', 1700, true),
    ('LV', 'VAT', 2100, true), ('MT', 'VAT', 1800, true), ('NL', 'VAT', 2100, true), ('PL', 'VAT', 2300, true), ('PT', 'VAT', 2300, true), ('RO', 'VAT', 2100, true),
    ('SE', 'VAT', 2500, true), ('SI', 'VAT', 2200, true), ('SK', 'VAT', 2300, true), ('CH', 'VAT', 810, false), ('GB', 'VAT', 2000, false), ('NO', 'VAT', 2500, false)
) AS rate (country, name, basis_points, in_union);

INSERT INTO billing_tax_id_format (id, country, type, label, pattern, example)
SELECT gen_random_uuid(), country, type, label, pattern, example FROM (VALUES
    ('AT', 'eu_vat', 'VAT number', 'ATU[0-9]{8}', 'ATU12345678'),
    ('BE', 'eu_vat', 'VAT number', 'BE[01][0-9]{9}', 'BE0123456789'),
    ('BG', 'eu_vat', 'VAT number', 'BG[0-9]{9,10}', 'BG0123456789'),
    ('CY', 'eu_vat', 'VAT number', 'CY[0-9]{8}[A-Z]', 'CY12345678Z'),
    ('CZ', 'eu_vat', 'VAT number', 'CZ[0-9]{8,10}', 'CZ1234567890'),
    ('DE', 'eu_vat', 'VAT number', 'DE[0-9]{9}', 'DE123456789'),
    ('DK', 'eu_vat', 'VAT number', 'DK[0-9]{8}', 'DK12345678'),
    ('EE', 'eu_vat', 'VAT number', 'EE[0-9]{9}', 'EE123456789'),
    ('ES', 'eu_vat', 'VAT number', 'ES[A-Z0-9][0-9]{7}[A-Z0-9]', 'ESA1234567Z'),
    ('FI', 'eu_vat', 'VAT number', 'FI[0-9]{8}', 'FI12345678'),
    ('FR', 'eu_vat', 'VAT number', 'FR[A-HJ-NP-Z0-9]{2}[0-9]{9}', 'FRAB123456789'),
    ('GR', 'eu_vat', 'VAT number', 'EL[0-9]{9}', 'EL123456789'),
    ('HR', 'eu_vat', 'VAT number', 'HR[0-9]{11}', 'HR12345678912'),
    ('HU', 'eu_vat', 'VAT number', 'HU[0-9]{8}', 'HU12345678'),
    ('IE', 'eu_vat', 'VAT number', 'IE[0-9][A-Z0-9][0-9]{5}[A-Z]{1,2}', 'IE1234567AB'),
    ('IT', 'eu_vat', 'VAT number', 'IT[0-9]{11}', 'IT12345678912'),
    ('LT', 'eu_vat', 'VAT number', 'LT([0-9]{9}|[0-9]{12})', 'LT123456789123'),
    ('LU', 'eu_vat', 'VAT number', 'LU[0-9]{8}', 'LU12345678'),
    ('LV', 'eu_vat', 'VAT number', 'LV[0-9]{11}', 'LV12345678912'),
    ('MT', 'eu_vat', 'VAT number', 'MT[0-9]{8}', 'MT12345678'),
    ('NL', 'eu_vat', 'VAT number', 'NL[0-9]{9}B[0-9]{2}', 'NL123456789B12'),
    ('PL', 'eu_vat', 'VAT number', 'PL[0-9]{10}', 'PL1234567890'),
    ('PT', 'eu_vat', 'VAT number', 'PT[0-9]{9}', 'PT123456789'),
    ('RO', 'eu_vat', 'VAT number', 'RO[0-9]{2,10}', 'RO1234567891'),
    ('SE', 'eu_vat', 'VAT number', 'SE[0-9]{12}', 'SE123456789123'),
    ('SI', 'eu_vat', 'VAT number', 'SI[0-9]{8}', 'SI12345678'),
    ('SK', 'eu_vat', 'VAT number', 'SK[0-9]{10}', 'SK1234567891'),
    ('CH', 'ch_vat', 'VAT number', 'CHE[0-9]{9}(MWST|TVA|IVA)', 'CHE-123.456.789 MWST'),
    ('GB', 'gb_vat', 'VAT number', 'GB([0-9]{9}|[0-9]{12}|GD[0-9]{3}|HA[0-9]{3})', 'GB123456789'),
    ('NO', 'no_vat', 'VAT number', '[0-9]{9}MVA', '123456789MVA'),
    ('US', 'us_ein', 'EIN', '[0-9]{9}', '12-3456789'),
    ('AU', 'au_abn', 'ABN', '[0-9]{11}', '12345678912'),
    ('CA', 'ca_bn', 'business number', '[0-9]{9}', '123456789'),
    ('JP', 'jp_cn', 'corporate number', '[0-9]{13}', '1234567891234'),
    ('IN', 'in_gst', 'GST number', '[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][0-9A-Z]Z[0-9A-Z]', '12ABCDE3456FGZH'),
    ('BR', 'br_cnpj', 'CNPJ', '[A-Z0-9]{12}[0-9]{2}', '01.234.456/5432-10'),
    ('NZ', 'nz_gst', 'GST number', '[0-9]{8,9}', '123456789'),
    ('SG', 'sg_gst', 'GST number', '[A-Z0-9]{9,10}', 'M12345678X')
) AS format (country, type, label, pattern, example);
