/** The replicas of the shop, and the proxy in front of them. */
package io.boxoffice.lab.shop;
