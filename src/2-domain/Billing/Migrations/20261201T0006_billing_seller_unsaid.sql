-- What the vendor has not entered is empty, so that customers never read a note meant for the vendor; the desk asks for it.
UPDATE billing_seller SET address = '' WHERE address = 'Enter the address under Seller';
UPDATE billing_seller SET bank_details = '' WHERE bank_details = 'Enter the bank account under Seller';
