// Goes on to the order's page once the payment's page says that there is nothing left to do here. It decides nothing:
// the order is paid when the signed event has come to our server.
const pay = document.querySelector("caravela-pay");
const order = location.pathname.replace(/\/pay$/, "");

for (const over of ["paid", "canceled"]) pay.addEventListener(over, () => location.assign(order));
