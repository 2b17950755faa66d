CREATE TABLE customer (
  id uuid PRIMARY KEY,
  email text NOT NULL UNIQUE,
  password text NOT NULL,
  name text NOT NULL
);

CREATE TABLE product (
  id uuid PRIMARY KEY,
  title text NOT NULL,
  description text NOT NULL,
  category text NOT NULL,
  price bigint NOT NULL,
  currency text NOT NULL,
  available bigint NOT NULL CHECK (available >= 0),
  reserved bigint NOT NULL DEFAULT 0,
  seller_id uuid NOT NULL REFERENCES customer,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX product_newest ON product (created_at, id);

CREATE TABLE cart_item (
  customer_id uuid NOT NULL REFERENCES customer,
  product_id uuid NOT NULL REFERENCES product,
  quantity bigint NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (customer_id, product_id)
);

CREATE TABLE customer_order (
  id uuid PRIMARY KEY,
  customer_id uuid NOT NULL REFERENCES customer,
  status text NOT NULL,
  placed_at timestamptz NOT NULL
);
CREATE INDEX order_of_customer ON customer_order (customer_id, placed_at DESC);

CREATE TABLE order_line (
  order_id uuid NOT NULL REFERENCES customer_order,
  product_id uuid NOT NULL REFERENCES product,
  title text NOT NULL,
  price bigint NOT NULL,
  currency text NOT NULL,
  quantity bigint NOT NULL,
  PRIMARY KEY (order_id, product_id)
);
