CREATE TABLE billing_plan (
    id uuid PRIMARY KEY,
    code text NOT NULL CONSTRAINT billing_plan_code_key UNIQUE,
    name text NOT NULL,
    description text NOT NULL,
    features text[] NOT NULL,
    term_months integer NOT NULL CHECK (term_months > 0),
    minimum_internal integer NOT NULL CHECK (minimum_internal >= 0),
    minimum_external integer NOT NULL CHECK (minimum_external >= 0),
    self_serve boolean NOT NULL,
    archived boolean NOT NULL,
    position integer NOT NULL
);

CREATE TABLE billing_price (
    id uuid PRIMARY KEY,
    plan_id uuid NOT NULL REFERENCES billing_plan ON DELETE CASCADE,
    seat text NOT NULL,
    currency text NOT NULL,
    unit_minor integer NOT NULL CHECK (unit_minor >= 0),
    stripe_price text NOT NULL,
    CONSTRAINT billing_price_one UNIQUE (plan_id, currency, seat)
);

CREATE TABLE billing_tax_rate (
    id uuid PRIMARY KEY,
    country text NOT NULL CONSTRAINT billing_tax_rate_country_key UNIQUE,
    name text NOT NULL,
    basis_points integer NOT NULL CHECK (basis_points BETWEEN 0 AND 10000),
    in_union boolean NOT NULL
);

CREATE TABLE billing_tax_id_format (
    id uuid PRIMARY KEY,
    country text NOT NULL CONSTRAINT billing_tax_id_format_country_key UNIQUE,
    type text NOT NULL,
    label text NOT NULL,
    pattern text NOT NULL,
    example text NOT NULL
);

CREATE TABLE billing_seller (
    id uuid PRIMARY KEY,
    name text NOT NULL CONSTRAINT billing_seller_name_key UNIQUE,
    address text NOT NULL,
    country text NOT NULL,
    tax_id text NOT NULL,
    bank_details text NOT NULL,
    invoice_prefix text NOT NULL,
    payment_days integer NOT NULL,
    reverse_charge_text text NOT NULL,
    export_text text NOT NULL,
    footer text NOT NULL
);

CREATE TABLE billing_account (
    organization_id uuid PRIMARY KEY,
    name text NOT NULL,
    email text NOT NULL,
    phone text NOT NULL,
    line1 text NOT NULL,
    line2 text NOT NULL,
    postal_code text NOT NULL,
    city text NOT NULL,
    state text NOT NULL,
    country text NOT NULL,
    tax_id text NOT NULL,
    tax_id_status text NOT NULL,
    purchase_order text NOT NULL,
    currency text NOT NULL
);

CREATE TABLE billing_customer (
    organization_id uuid NOT NULL,
    provider text NOT NULL,
    customer_id text NOT NULL,
    PRIMARY KEY (organization_id, provider),
    UNIQUE (provider, customer_id)
);

CREATE TABLE billing_order (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    plan_code text NOT NULL,
    nickname text NOT NULL,
    install_id uuid NOT NULL,
    internal_users integer NOT NULL CHECK (internal_users >= 0),
    external_users integer NOT NULL CHECK (external_users >= 0),
    currency text NOT NULL,
    status text NOT NULL,
    provider text NOT NULL,
    checkout_id text NOT NULL,
    created_at timestamptz NOT NULL,
    ordered_by text NOT NULL
);
CREATE INDEX billing_order_organization ON billing_order (organization_id, created_at);
CREATE UNIQUE INDEX billing_order_checkout ON billing_order (provider, checkout_id) WHERE checkout_id <> '';

CREATE TABLE billing_subscription (
    order_id uuid PRIMARY KEY REFERENCES billing_order,
    organization_id uuid NOT NULL,
    provider text NOT NULL,
    provider_id text NOT NULL,
    status text NOT NULL,
    internal_users integer NOT NULL,
    external_users integer NOT NULL,
    next_internal_users integer,
    next_external_users integer,
    period_start timestamptz NOT NULL,
    period_end timestamptz NOT NULL,
    paid_through timestamptz,
    cancel_at_period_end boolean NOT NULL,
    revoked boolean NOT NULL,
    failing_since timestamptz,
    updated_at timestamptz NOT NULL,
    UNIQUE (provider, provider_id)
);
CREATE INDEX billing_subscription_organization ON billing_subscription (organization_id);

-- The primary key is the promise: no revision of a licence is granted twice.
CREATE TABLE billing_entitlement (
    order_id uuid NOT NULL REFERENCES billing_order,
    revision integer NOT NULL CHECK (revision > 0),
    organization_id uuid NOT NULL,
    reason text NOT NULL,
    plan_code text NOT NULL,
    nickname text NOT NULL,
    install_id uuid NOT NULL,
    internal_users integer NOT NULL,
    external_users integer NOT NULL,
    paid_through timestamptz NOT NULL,
    granted_at timestamptz NOT NULL,
    PRIMARY KEY (order_id, revision)
);
