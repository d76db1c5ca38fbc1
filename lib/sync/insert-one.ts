import { InsertOneOperation, type Response } from '../driver.js';

/** The driver's operation, which does not decode the whole of a reply that says no more than "done". */
export class InsertOne extends InsertOneOperation {
  override handleOk(response: Response): unknown {
    if (response.has('code') || response.has('writeErrors')) return super.handleOk(response);
    return { acknowledged: this.writeConcern?.w !== 0, insertedId: this.documents[0]?._id as unknown };
  }
}
